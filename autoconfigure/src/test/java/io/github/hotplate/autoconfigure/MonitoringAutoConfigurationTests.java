package io.github.hotplate.autoconfigure;

import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.health.DataRedisHealthContributorAutoConfiguration;
import org.springframework.boot.data.redis.health.DataRedisHealthIndicator;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.hotplate.activity.TraceIds;
import io.github.hotplate.actuate.RedisClientHealthIndicator;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.execution.CommandAdviceFactory;
import io.github.hotplate.observation.CommandMetrics;
import io.github.hotplate.reports.Report;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link HotplateAutoConfiguration}: metrics, tracing and health of the
 * clients.
 */
class MonitoringAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class));

	// No server ever listens on port 1.
	private final ApplicationContextRunner fooRunner = this.contextRunner
		.withPropertyValues("foo.url=redis://127.0.0.1:1", "foo.startup=warn");

	private final ApplicationContextRunner bootHealthRunner = this.fooRunner
		.withConfiguration(AutoConfigurations.of(DataRedisHealthContributorAutoConfiguration.class));

	@Test
	void metersFollowOneConvention() {
		ApplicationContextRunner runner = this.fooRunner.withBean(MeterRegistry.class, SimpleMeterRegistry::new);
		runner.run((context) -> assertThat(meters(context)).contains("redis.client.pool.max.size")
			.doesNotContain("db.client.connection.max"));
		runner.withPropertyValues("hotplate.metrics.convention=opentelemetry").run((context) -> {
			assertThat(context).hasBean("openTelemetryCommandAdviceFactory")
				.doesNotHaveBean("metricsCommandAdviceFactory");
			assertThat(meters(context))
				.contains("db.client.connection.count", "db.client.connection.max",
						"db.client.connection.pending_requests", "db.client.connection.timeouts",
						"redis.client.monitoring.failures")
				.noneMatch((name) -> name.startsWith("redis.client.pool") || name.startsWith("runtime.pool"));
		});
	}

	@Test
	void metersFollowBothConventionsIfAsked() {
		this.fooRunner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("hotplate.metrics.convention=baseplate, opentelemetry")
			.run((context) -> {
				assertThat(context).hasBean("openTelemetryCommandAdviceFactory").hasBean("metricsCommandAdviceFactory");
				assertThat(meters(context)).contains("redis.client.pool.max.size", "db.client.connection.max");
			});
	}

	@Test
	void failsForUnknownConvention() {
		this.fooRunner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withPropertyValues("hotplate.metrics.convention=otel")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("hotplate.metrics.convention: unknown value (value 'otel')"));
	}

	private static List<String> meters(AssertableApplicationContext context) {
		return context.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName())
			.toList();
	}

	@Test
	void registryThatRejectsMetersBreaksNoStart() {
		MeterRegistry broken = new SimpleMeterRegistry() {

			@Override
			protected <T> Gauge newGauge(Meter.Id id, @Nullable T value, ToDoubleFunction<T> function) {
				if (id.getName().startsWith("redis.client.pool")) {
					throw new IllegalArgumentException("too many meters");
				}
				return super.newGauge(id, value, function);
			}

		};
		this.fooRunner.withBean(MeterRegistry.class, () -> broken).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(MonitoringFailures.class).count(Part.METRICS)).isOne();
		});
	}

	@Test
	void registersNoMetricsWithoutMeterRegistry() {
		this.fooRunner.run((context) -> assertThat(context).doesNotHaveBean("metricsCommandAdviceFactory")
			.doesNotHaveBean(CommandMetrics.class)
			.doesNotHaveBean(MetricsBinder.class));
	}

	@Test
	void backsOffWithoutMicrometer() {
		this.fooRunner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed().hasBean("foo").doesNotHaveBean(CommandMetrics.class));
	}

	@Test
	void backsOffWithoutTracing() {
		this.fooRunner.withClassLoader(new FilteredClassLoader(Tracer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasBean("foo")
				.doesNotHaveBean("tracingCommandAdviceFactory"));
	}

	@Test
	void weavesNoTracingWhenNobodyTraces() {
		this.fooRunner.withBean(Tracer.class, () -> Tracer.NOOP)
			.run((context) -> assertThat(advice("tracingCommandAdviceFactory", context)).isNull());
		this.fooRunner.withBean(Tracer.class, SimpleTracer::new)
			.run((context) -> assertThat(advice("tracingCommandAdviceFactory", context)).isNotNull());
	}

	@Test
	void slowCallsHaveNoTraceWhenNobodyTraces() {
		this.fooRunner.withBean(Tracer.class, () -> Tracer.NOOP)
			.run((context) -> assertThat(context.getBean(TraceIds.class).current()).isNull());
		this.fooRunner.withBean(Tracer.class, SimpleTracer::new).run((context) -> {
			Tracer tracer = context.getBean(Tracer.class);
			assertThat(context.getBean(TraceIds.class).current()).isNull();
			try (Tracer.SpanInScope scope = tracer.withSpan(tracer.nextSpan().start())) {
				assertThat(scope).isNotNull();
				assertThat(context.getBean(TraceIds.class).current()).isNotEmpty();
			}
		});
	}

	private static MethodInterceptor advice(String factory, AssertableApplicationContext context) {
		ClientConfig config = new ClientConfigReader(context.getEnvironment()).read("foo.");
		return context.getBean(factory, CommandAdviceFactory.class).adviceFor(config);
	}

	@Test
	void ordersAdviceFromTracingToRetry() {
		this.fooRunner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean(Tracer.class, SimpleTracer::new)
			.run((context) -> assertThat(context.getBeanProvider(CommandAdviceFactory.class).orderedStream())
				.containsExactly(context.getBean("recordingCommandAdviceFactory", CommandAdviceFactory.class),
						context.getBean("tracingCommandAdviceFactory", CommandAdviceFactory.class),
						context.getBean("metricsCommandAdviceFactory", CommandAdviceFactory.class),
						context.getBean("hotKeyCommandAdviceFactory", CommandAdviceFactory.class),
						context.getBean("splitCommandAdviceFactory", CommandAdviceFactory.class),
						context.getBean("retryCommandAdviceFactory", CommandAdviceFactory.class)));
	}

	@Test
	void showsNodesInHealth() {
		this.fooRunner.run((context) -> {
			Health health = context.getBean("redisNodesHealthIndicator", HealthIndicator.class).health();
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails().get("foo")).asString()
				.isEqualTo("{mode=cluster, nodes=0, inUse=0, leftOut={}, uncoveredSlots=16384}");
		});
	}

	@Test
	@Report("spring-boot #2777")
	void answersForBootFromMemory() {
		this.bootHealthRunner.run((context) -> {
			CompositeHealthContributor redis = context.getBean("redisHealthContributor",
					CompositeHealthContributor.class);
			assertThat(redis.stream()).hasSize(1);
			assertThat(redis.getContributor("foo")).isInstanceOfSatisfying(HealthIndicator.class, (foo) -> {
				Health health = foo.health();
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.getDetails()).containsEntry("mode", "cluster").containsEntry("inUse", 0);
			});
		});
	}

	@Test
	void leavesOtherConnectionFactoriesToBoot() {
		this.bootHealthRunner.withBean("mine", RedisConnectionFactory.class, () -> mock(RedisConnectionFactory.class))
			.run((context) -> {
				CompositeHealthContributor redis = context.getBean("redisHealthContributor",
						CompositeHealthContributor.class);
				assertThat(redis.getContributor("foo")).isInstanceOf(RedisClientHealthIndicator.class);
				assertThat(redis.getContributor("mine")).isInstanceOf(DataRedisHealthIndicator.class);
			});
	}

	@Test
	void leavesHealthToBootWithoutClients() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class,
					DataRedisHealthContributorAutoConfiguration.class))
			.withBean(RedisConnectionFactory.class, () -> mock(RedisConnectionFactory.class))
			.run((context) -> assertThat(context).getBean("redisHealthContributor")
				.isInstanceOf(DataRedisHealthIndicator.class));
	}

	@Test
	void showsNoNodesInHealthWithoutNeed() {
		this.contextRunner.run((context) -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
		this.fooRunner
			.withPropertyValues("management.health.redisnodes.enabled=false", "management.health.redis.enabled=false")
			.run((context) -> assertThat(context).hasBean("foo").doesNotHaveBean(HealthIndicator.class));
		this.fooRunner.withClassLoader(new FilteredClassLoader(ConditionalOnEnabledHealthIndicator.class))
			.run((context) -> assertThat(context).hasBean("foo").doesNotHaveBean(HealthIndicator.class));
	}

}
