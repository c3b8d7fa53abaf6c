package io.github.hotplate.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.data.redis.health.DataRedisHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
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
	static class RedisHealthConfiguration
			extends CompositeHealthContributorConfiguration<HealthIndicator, RedisConnectionFactory> {

		RedisHealthConfiguration(ObjectProvider<ClusterPool> pools) {
			super((connectionFactory) -> indicator(connectionFactory, pools));
		}

		@Bean
		@ConditionalOnMissingBean(name = { "redisHealthIndicator", "redisHealthContributor" })
		HealthContributor redisHealthContributor(ConfigurableListableBeanFactory beanFactory) {
			return createContributor(beanFactory, RedisConnectionFactory.class);
		}

		private static HealthIndicator indicator(RedisConnectionFactory connectionFactory,
				ObjectProvider<ClusterPool> pools) {
			return (connectionFactory instanceof MonitoredRedisConnectionFactory ours)
					? pools.stream()
						.filter((pool) -> pool.name().equals(ours.name()))
						.findFirst()
						.<HealthIndicator>map(RedisClientHealthIndicator::new)
						.orElseGet(() -> new DataRedisHealthIndicator(connectionFactory))
					: new DataRedisHealthIndicator(connectionFactory);
		}

	}

}
