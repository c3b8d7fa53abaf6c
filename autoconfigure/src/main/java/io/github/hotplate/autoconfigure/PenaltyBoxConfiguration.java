package io.github.hotplate.autoconfigure;

import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

import io.github.hotplate.actuate.ShardsHealthIndicator;
import io.github.hotplate.cluster.ClusterPool;
import io.github.hotplate.execution.MonitoringFailures;
import io.github.hotplate.observation.PenaltyBoxMetrics;
import io.github.hotplate.sharding.ShardedRedisCluster;

/**
 * What shows the penalty boxes of sharded clients.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(OnShardedClientCondition.class)
class PenaltyBoxConfiguration {

	@Bean
	PenaltyEventsBinder penaltyEventsBinder(ObjectProvider<ClusterPool> pools, ApplicationEventPublisher publisher) {
		return new PenaltyEventsBinder(pools, publisher);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(MeterRegistry.class)
	static class PenaltyBoxMetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "penaltyBoxMetricsBinder")
		MetricsBinder<ShardedRedisCluster> penaltyBoxMetricsBinder(ObjectProvider<ShardedRedisCluster> clusters,
				MeterRegistry registry, MonitoringFailures failures) {
			return new MetricsBinder<>(clusters,
					(cluster) -> new PenaltyBoxMetrics(cluster.name(), cluster.penaltyBox(), registry), failures);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
	@ConditionalOnEnabledHealthIndicator("redisshards")
	static class ShardsHealthConfiguration {

		@Bean
		@ConditionalOnMissingBean(name = "redisShardsHealthIndicator")
		ShardsHealthIndicator redisShardsHealthIndicator(ObjectProvider<ShardedRedisCluster> clusters) {
			return new ShardsHealthIndicator(() -> clusters.stream()
				.collect(Collectors.toMap(ShardedRedisCluster::name, ShardedRedisCluster::penaltyBox)));
		}

	}

}
