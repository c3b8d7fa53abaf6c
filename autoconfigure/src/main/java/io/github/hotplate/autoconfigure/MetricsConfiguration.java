package io.github.hotplate.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.config.MetricsConvention;
import io.github.hotplate.execution.CommandAdviceFactory;
import io.github.hotplate.observation.CommandMetrics;
import io.github.hotplate.observation.CommandTags;
import io.github.hotplate.observation.MonitoringMetrics;
import io.github.hotplate.observation.NodeMetrics;
import io.github.hotplate.observation.OpenTelemetryPoolMetrics;
import io.github.hotplate.observation.PoolMetrics;
import io.github.hotplate.observation.RedirectionMetrics;
import io.github.hotplate.observation.RetryMetrics;
import io.github.hotplate.observation.SubscriptionMetrics;
import io.github.hotplate.observation.TopologyMetrics;
import io.github.hotplate.support.MonitoringFailures;

/**
 * The meters of all clients, under the names that the application asks for.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
class MetricsConfiguration {

	@Bean
	@ConditionalOnMissingBean
	RetryMetrics retryMetrics(MeterRegistry registry) {
		return new RetryMetrics(registry);
	}

	@Bean
	@ConditionalOnMissingBean
	MonitoringMetrics monitoringMetrics(MonitoringFailures failures, MeterRegistry registry) {
		return new MonitoringMetrics(failures, registry);
	}

	@Bean
	@ConditionalOnMissingBean(name = "nodeMetricsBinder")
	MetricsBinder<ClusterPool> nodeMetricsBinder(ObjectProvider<ClusterPool> pools, MeterRegistry registry,
			MonitoringFailures failures) {
		return new MetricsBinder<>(pools, (pool) -> new NodeMetrics(pool, registry, failures), failures);
	}

	@Bean
	@ConditionalOnMissingBean
	RedirectionMetrics redirectionMetrics(MeterRegistry registry, MonitoringFailures failures) {
		return new RedirectionMetrics(registry, failures);
	}

	@Bean
	@ConditionalOnMissingBean(name = "topologyMetricsBinder")
	MetricsBinder<ClusterPool> topologyMetricsBinder(ObjectProvider<ClusterPool> pools, MeterRegistry registry,
			MonitoringFailures failures) {
		return new MetricsBinder<>(pools, (pool) -> new TopologyMetrics(pool, registry), failures);
	}

	@Bean
	@ConditionalOnMissingBean(name = "subscriptionMetricsBinder")
	MetricsBinder<ClusterPool> subscriptionMetricsBinder(ObjectProvider<ClusterPool> pools, MeterRegistry registry,
			MonitoringFailures failures) {
		return new MetricsBinder<>(pools, (pool) -> new SubscriptionMetrics(pool, registry), failures);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMetricsConvention(MetricsConvention.BASEPLATE)
	static class BaseplateConfiguration {

		@Bean
		@ConditionalOnMissingBean
		CommandMetrics commandMetrics(MeterRegistry registry, MonitoringFailures failures) {
			return CommandMetrics.baseplate(registry, failures);
		}

		@Bean
		@Order(CommandAdviceFactory.METRICS)
		@ConditionalOnMissingBean(name = "metricsCommandAdviceFactory")
		CommandAdviceFactory metricsCommandAdviceFactory(CommandMetrics metrics) {
			return (config) -> metrics.advice(CommandTags.of(config));
		}

		@Bean
		@ConditionalOnMissingBean(name = "poolMetricsBinder")
		MetricsBinder<ClusterPool> poolMetricsBinder(ObjectProvider<ClusterPool> pools, MeterRegistry registry,
				MonitoringFailures failures) {
			return new MetricsBinder<>(pools, (pool) -> new PoolMetrics(pool, registry, failures), failures);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMetricsConvention(MetricsConvention.OPENTELEMETRY)
	static class OpenTelemetryConfiguration {

		@Bean
		@Order(CommandAdviceFactory.METRICS)
		@ConditionalOnMissingBean(name = "openTelemetryCommandAdviceFactory")
		CommandAdviceFactory openTelemetryCommandAdviceFactory(MeterRegistry registry, MonitoringFailures failures) {
			CommandMetrics metrics = CommandMetrics.openTelemetry(registry, failures);
			return (config) -> metrics.advice(CommandTags.of(config));
		}

		@Bean
		@ConditionalOnMissingBean(name = "openTelemetryPoolMetricsBinder")
		MetricsBinder<ClusterPool> openTelemetryPoolMetricsBinder(ObjectProvider<ClusterPool> pools,
				MeterRegistry registry, MonitoringFailures failures) {
			return new MetricsBinder<>(pools, (pool) -> new OpenTelemetryPoolMetrics(pool, registry), failures);
		}

	}

}
