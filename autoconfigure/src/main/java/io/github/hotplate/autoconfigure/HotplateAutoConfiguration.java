package io.github.hotplate.autoconfigure;

import java.util.Objects;

import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.UnifiedJedis;

import io.github.hotplate.activity.CallListenerFactory;
import io.github.hotplate.activity.RecordingAdvice;
import io.github.hotplate.chain.FailSafeAdvice;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.config.MetricsConvention;
import io.github.hotplate.crossslot.SplitListener;
import io.github.hotplate.execution.CommandAdviceFactory;
import io.github.hotplate.observation.BaseplateSpanConvention;
import io.github.hotplate.observation.CommandSpanConvention;
import io.github.hotplate.observation.ObservedClient;
import io.github.hotplate.observation.OpenTelemetrySpanConvention;
import io.github.hotplate.observation.RetryEvents;
import io.github.hotplate.observation.SplitAttributes;
import io.github.hotplate.observation.TracingAdvice;
import io.github.hotplate.retry.RetryListener;
import io.github.hotplate.support.MonitoringFailures;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the Redis clients that an
 * application declares.
 *
 * @since 0.1.0
 */
@AutoConfiguration(beforeName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
		afterName = {
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
				"org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration" })
@ConditionalOnClass({ StringRedisTemplate.class, UnifiedJedis.class })
@Conditional(OnEnabledCondition.class)
@Import({ CacheConfiguration.class, ClientBeansRegistrar.class, ClientsEndpointConfiguration.class,
		HealthConfiguration.class, HotKeyConfiguration.class, MetricsConfiguration.class, RequestConfiguration.class,
		SlowCallConfiguration.class })
public final class HotplateAutoConfiguration {

	@Bean
	@Order(CommandAdviceFactory.SPLIT)
	@ConditionalOnMissingBean(name = "splitCommandAdviceFactory", search = SearchStrategy.CURRENT)
	CommandAdviceFactory splitCommandAdviceFactory(BeanFactory beanFactory, ObjectProvider<SplitListener> listeners) {
		return (config) -> ClientBeanFactory.wiring(config.name(), "splitCommandAdviceFactory", beanFactory)
			.splitAdvice(listeners.orderedStream().toList());
	}

	@Bean
	@Order(CommandAdviceFactory.RETRY)
	@ConditionalOnMissingBean(name = "retryCommandAdviceFactory", search = SearchStrategy.CURRENT)
	CommandAdviceFactory retryCommandAdviceFactory(BeanFactory beanFactory, ObjectProvider<RetryListener> listeners) {
		return (config) -> ClientBeanFactory.wiring(config.name(), "retryCommandAdviceFactory", beanFactory)
			.retryAdvice(listeners.orderedStream().toList());
	}

	@Bean
	@Order(CommandAdviceFactory.RECORDING)
	@ConditionalOnMissingBean(name = "recordingCommandAdviceFactory", search = SearchStrategy.CURRENT)
	CommandAdviceFactory recordingCommandAdviceFactory(ObjectProvider<CallListenerFactory> factories,
			MonitoringFailures failures) {
		return (config) -> new RecordingAdvice(config.name(),
				factories.orderedStream()
					.map((factory) -> factory.listenerFor(config))
					.filter(Objects::nonNull)
					.toList(),
				failures);
	}

	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@ConditionalOnMissingBean(name = "activityCallListenerFactory", search = SearchStrategy.CURRENT)
	CallListenerFactory activityCallListenerFactory(BeanFactory beanFactory) {
		return (config) -> ClientBeanFactory.wiring(config.name(), "activityCallListenerFactory", beanFactory)
			.activity();
	}

	@Bean
	@ConditionalOnMissingBean
	ClientsLifecycle hotplateClientsLifecycle(ConfigurableListableBeanFactory beanFactory) {
		return new ClientsLifecycle(beanFactory);
	}

	@Bean
	@ConditionalOnMissingBean
	MonitoringFailures monitoringFailures() {
		return new MonitoringFailures();
	}

	@Bean
	@ConditionalOnMissingBean(name = "penaltyEventsBinder")
	EventsBinder<ClusterPool> penaltyEventsBinder(ObjectProvider<ClusterPool> pools,
			ApplicationEventPublisher publisher) {
		return new EventsBinder<>(pools, (pool) -> pool.onPenalty(publisher::publishEvent));
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(Tracer.class)
	@ConditionalOnBean(Tracer.class)
	static class TracingConfiguration {

		@Bean
		@ConditionalOnMissingBean
		RetryEvents retryEvents(Tracer tracer) {
			return new RetryEvents(tracer);
		}

		@Bean
		@ConditionalOnMissingBean
		SplitAttributes splitAttributes(Tracer tracer) {
			return new SplitAttributes(tracer);
		}

		@Bean
		@Order(CommandAdviceFactory.TRACING)
		@ConditionalOnMissingBean(name = "tracingCommandAdviceFactory")
		CommandAdviceFactory tracingCommandAdviceFactory(Tracer tracer, CommandSpanConvention convention,
				MonitoringFailures failures) {
			return (config) -> !Tracer.NOOP.equals(tracer)
					? new FailSafeAdvice(new TracingAdvice(ObservedClient.of(config), convention, tracer),
							MonitoringFailures.Part.TRACING, failures)
					: null;
		}

		@Bean
		@ConditionalOnMissingBean
		CommandSpanConvention commandSpanConvention(Environment environment) {
			return switch (MetricsConvention.ofSpans(environment)) {
				case BASEPLATE -> new BaseplateSpanConvention();
				case OPENTELEMETRY -> new OpenTelemetrySpanConvention();
			};
		}

	}

}
