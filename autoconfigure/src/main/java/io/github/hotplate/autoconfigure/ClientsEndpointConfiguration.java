package io.github.hotplate.autoconfigure;

import java.util.Set;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.github.hotplate.activity.SlowCalls;
import io.github.hotplate.actuate.RedisClientsEndpoint;
import io.github.hotplate.actuate.RedisClientsWebExtension;
import io.github.hotplate.actuate.ReportSources;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.request.RouteStatistics;
import io.github.hotplate.support.MonitoringFailures;

/**
 * The endpoint that shows the clients.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
class ClientsEndpointConfiguration {

	private static final String PREFIX = "management.endpoint.redisclients.";

	@Bean
	@ConditionalOnAvailableEndpoint
	@ConditionalOnMissingBean
	RedisClientsEndpoint redisClientsEndpoint(ObjectProvider<ClusterPool> pools, ObjectProvider<SlowCalls> slowCalls,
			ObjectProvider<RouteStatistics> routes, ObjectProvider<SanitizingFunction> functions,
			MonitoringFailures failures, Environment environment) {
		ReportSources sources = new ReportSources(() -> pools.stream().toList(), () -> slowCalls.stream().toList(),
				routes::getIfAvailable, (client) -> new ClientConfigReader(environment).entries(client + "."));
		return new RedisClientsEndpoint(sources, functions.orderedStream().toList(), showValues(environment), failures);
	}

	@Bean
	@ConditionalOnBean(RedisClientsEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	@ConditionalOnMissingBean
	RedisClientsWebExtension redisClientsWebExtension(RedisClientsEndpoint endpoint, Environment environment) {
		Set<String> roles = Binder.get(environment)
			.bind(PREFIX + "roles", Bindable.setOf(String.class))
			.orElse(Set.of());
		return new RedisClientsWebExtension(endpoint, showValues(environment), roles);
	}

	private static Show showValues(Environment environment) {
		return Binder.get(environment).bind(PREFIX + "show-values", Show.class).orElse(Show.NEVER);
	}

}
