package io.github.hotplate.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.UnifiedJedis;

import io.github.hotplate.cluster.ClusterPool;
import io.github.hotplate.execution.CommandAdviceFactory;
import io.github.hotplate.execution.RetryAdvice;
import io.github.hotplate.execution.RetryListener;
import io.github.hotplate.observation.CommandMetrics;
import io.github.hotplate.observation.CommandTags;
import io.github.hotplate.observation.RetryEvents;
import io.github.hotplate.observation.RetryMetrics;
import io.github.hotplate.observation.TracingAdvice;

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
@ConditionalOnBooleanProperty(name = "hotplate.enabled", matchIfMissing = true)
@Import(ClientBeansRegistrar.class)
public final class HotplateAutoConfiguration {

	@Bean
	@Order(CommandAdviceFactory.SPLIT)
	@ConditionalOnMissingBean(name = "splitCommandAdviceFactory")
	CommandAdviceFactory splitCommandAdviceFactory(BeanFactory beanFactory) {
		return (config) -> beanFactory.getBean(ClientBeans.poolName(config.name()), ClusterPool.class).splitAdvice();
	}

	@Bean
	@Order(CommandAdviceFactory.RETRY)
	@ConditionalOnMissingBean(name = "retryCommandAdviceFactory")
	CommandAdviceFactory retryCommandAdviceFactory(ObjectProvider<RetryListener> listeners) {
		return (config) -> new RetryAdvice(config, listeners.orderedStream().toList());
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnBean(MeterRegistry.class)
	static class MetricsConfiguration {

		@Bean
		@ConditionalOnMissingBean
		CommandMetrics commandMetrics(MeterRegistry registry) {
			return new CommandMetrics(registry);
		}

		@Bean
		@Order(CommandAdviceFactory.METRICS)
		@ConditionalOnMissingBean(name = "metricsCommandAdviceFactory")
		CommandAdviceFactory metricsCommandAdviceFactory(CommandMetrics metrics) {
			return (config) -> metrics.advice(CommandTags.of(config));
		}

		@Bean
		@ConditionalOnMissingBean
		RetryMetrics retryMetrics(MeterRegistry registry) {
			return new RetryMetrics(registry);
		}

		@Bean
		@ConditionalOnMissingBean
		PoolMetricsBinder poolMetricsBinder(ObjectProvider<ClusterPool> pools, MeterRegistry registry) {
			return new PoolMetricsBinder(pools, registry);
		}

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
		@Order(CommandAdviceFactory.TRACING)
		@ConditionalOnMissingBean(name = "tracingCommandAdviceFactory")
		CommandAdviceFactory tracingCommandAdviceFactory(Tracer tracer) {
			return (config) -> !Tracer.NOOP.equals(tracer)
					? new TracingAdvice(config.name(), config.url().database(), tracer) : null;
		}

	}

}
