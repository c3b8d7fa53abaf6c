package io.github.hotplate.autoconfigure;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.SimpleAutowireCandidateResolver;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.data.redis.health.DataRedisHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.hotplate.actuate.RedisClientHealthIndicator;
import io.github.hotplate.actuate.RedisNodesHealthIndicator;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;

/**
 * The health of all clients, answered from memory.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@Conditional(OnDeclaredClientCondition.class)
class HealthConfiguration {

	@Bean
	@ConditionalOnEnabledHealthIndicator("redisnodes")
	@ConditionalOnMissingBean(name = "redisNodesHealthIndicator")
	RedisNodesHealthIndicator redisNodesHealthIndicator(ObjectProvider<ClusterPool> pools) {
		return new RedisNodesHealthIndicator(() -> pools.stream().toList());
	}

	/**
	 * Takes the place of Boot's contributor of the same name. Connection factories that
	 * are not ours are asked as Boot asks them.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(DataRedisHealthIndicator.class)
	@ConditionalOnEnabledHealthIndicator("redis")
	static class RedisHealthConfiguration {

		// Boot's own is no composite if there is one connection factory only, so that the
		// path of a client's health would depend on whether there are others.
		@Bean
		@ConditionalOnMissingBean(name = { "redisHealthIndicator", "redisHealthContributor" })
		CompositeHealthContributor redisHealthContributor(ConfigurableListableBeanFactory beanFactory,
				ObjectProvider<ClusterPool> pools) {
			Map<String, HealthIndicator> indicators = new TreeMap<>();
			SimpleAutowireCandidateResolver.resolveAutowireCandidates(beanFactory, RedisConnectionFactory.class)
				.forEach((name, connectionFactory) -> {
					ClusterPool pool = pool(connectionFactory, pools);
					indicators.put((pool != null) ? pool.name() : name, (pool != null)
							? new RedisClientHealthIndicator(pool) : new DataRedisHealthIndicator(connectionFactory));
				});
			return CompositeHealthContributor.fromMap(indicators);
		}

		private static @Nullable ClusterPool pool(RedisConnectionFactory connectionFactory,
				ObjectProvider<ClusterPool> pools) {
			return (connectionFactory instanceof MonitoredRedisConnectionFactory ours)
					? pools.stream().filter((pool) -> pool.name().equals(ours.name())).findFirst().orElse(null) : null;
		}

	}

}
