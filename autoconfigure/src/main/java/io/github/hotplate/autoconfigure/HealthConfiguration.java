package io.github.hotplate.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

import io.github.hotplate.actuate.RedisNodesHealthIndicator;
import io.github.hotplate.client.ClusterPool;

/**
 * The health of the nodes of all clients. Boot's own indicator sends a command to only
 * one of them.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnEnabledHealthIndicator("redisnodes")
@Conditional(OnDeclaredClientCondition.class)
class HealthConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "redisNodesHealthIndicator")
	RedisNodesHealthIndicator redisNodesHealthIndicator(ObjectProvider<ClusterPool> pools) {
		return new RedisNodesHealthIndicator(() -> pools.stream().toList());
	}

}
