package io.github.hotplate.autoconfigure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.UnifiedJedis;

import io.github.hotplate.cluster.ClusterPool;
import io.github.hotplate.cluster.ClusterPoolFactory;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.config.InvalidClientConfigException;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.execution.CommandAdviceFactory;
import io.github.hotplate.execution.CommandExecutorChain;
import io.github.hotplate.execution.MonitoringFailures;
import io.github.hotplate.execution.MonitoringFailures.Part;
import io.github.hotplate.observation.CommandMetrics;
import io.github.hotplate.template.MonitoredRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link HotplateAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class HotplateAutoConfigurationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class));

	// No server ever listens on port 1.
	private final ApplicationContextRunner fooRunner = this.contextRunner
		.withPropertyValues("foo.url=redis://127.0.0.1:1", "foo.startup=warn");

	private final ApplicationContextRunner fooAndBarRunner = this.fooRunner
		.withPropertyValues("bar.url=redis://127.0.0.1:1", "bar.startup=warn");

	@Test
	void registersNoClientThatIsNotDeclared() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(ClusterPool.class)
			.doesNotHaveBean(CommandExecutorChain.class)
			.doesNotHaveBean(MonitoredRedisTemplate.class));
	}

	@Test
	void leavesBootsRedisAloneWhenNoClientIsDeclared() {
		this.contextRunner
			.withPropertyValues("spring.data.redis.url=redis://redis.example:7777", "spring.data.redis.username=app")
			.run((context) -> {
				assertThat(context).getBean(RedisConnectionFactory.class)
					.isInstanceOfSatisfying(LettuceConnectionFactory.class, (factory) -> {
						assertThat(factory.getHostName()).isEqualTo("redis.example");
						assertThat(factory.getPort()).isEqualTo(7777);
					});
				assertThat(context).getBean("stringRedisTemplate").isExactlyInstanceOf(StringRedisTemplate.class);
				assertThat(context).hasBean("redisTemplate");
			});
	}

	@Test
	void registersBeansOfDeclaredClient() {
		this.fooRunner.run((context) -> {
			assertThat(context.getBean("foo")).isInstanceOf(MonitoredRedisTemplate.class);
			assertThat(context.getBean("fooConnectionFactory")).isInstanceOf(MonitoredRedisConnectionFactory.class);
			assertThat(context.getBean("fooCommandExecutor")).isInstanceOf(CommandExecutorChain.class);
			assertThat(context.getBean("fooPool", ClusterPool.class).name()).isEqualTo("foo");
		});
	}

	@Test
	void injectsOnlyClientByType() {
		this.fooRunner.run((context) -> {
			assertThat(context.getBean(StringRedisTemplate.class)).isSameAs(context.getBean("foo"));
			assertThat(context.getBean(RedisConnectionFactory.class)).isSameAs(context.getBean("fooConnectionFactory"));
			assertThat(context.getBean(ClusterPool.class)).isSameAs(context.getBean("fooPool"));
		});
	}

	@Test
	void onlyClientIsPrimary() {
		this.fooRunner.withBean("other", RedisConnectionFactory.class, () -> mock(RedisConnectionFactory.class))
			.run((context) -> {
				assertThat(context.getBean(RedisConnectionFactory.class))
					.isSameAs(context.getBean("fooConnectionFactory"));
				assertThat(Stream.of("foo", "fooConnectionFactory", "fooCommandExecutor", "fooPool"))
					.allMatch((name) -> context.getBeanFactory().getBeanDefinition(name).isPrimary());
			});
	}

	@Test
	void bootsTemplatesRunOnOnlyClient() {
		this.fooRunner.run((context) -> {
			assertThat(context.getBean("stringRedisTemplate")).isSameAs(context.getBean("foo"));
			assertThat(context.getBean("redisTemplate", RedisTemplate.class).getConnectionFactory())
				.isSameAs(context.getBean("fooConnectionFactory"));
			assertThat(context).doesNotHaveBean(LettuceConnectionFactory.class);
		});
	}

	@Test
	void declarationNeverLeadsToBootsTemplateForLocalhost() {
		this.fooRunner.withUserConfiguration(FooUserConfiguration.class)
			.run((context) -> assertThat(context.getBean(FooUser.class).template())
				.isInstanceOf(MonitoredRedisTemplate.class));
		this.fooAndBarRunner.withUserConfiguration(FooUserConfiguration.class).run((context) -> {
			assertThat(context.getBean(FooUser.class).template()).isSameAs(context.getBean("foo"));
			assertThat(context).doesNotHaveBean("stringRedisTemplate").doesNotHaveBean(LettuceConnectionFactory.class);
		});
	}

	@Test
	void worksWithoutBootsRedisModule() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
			.withPropertyValues("foo.url=redis://127.0.0.1:1", "foo.startup=warn")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("foo"));
	}

	@Test
	void registersNoClientWhenDisabled() {
		this.fooRunner.withPropertyValues("hotplate.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("foo")
				.doesNotHaveBean(ClusterPool.class)
				.doesNotHaveBean(CommandAdviceFactory.class)
				.hasSingleBean(LettuceConnectionFactory.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "off", "no", "0" })
	void registersNoClientWhenDisabledInOtherWords(String enabled) {
		this.fooRunner.withPropertyValues("hotplate.enabled=" + enabled)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("foo"));
	}

	@Test
	void failsForSwitchThatIsNoBoolean() {
		this.fooRunner.withPropertyValues("hotplate.enabled=banana")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidClientConfigException.class)
				.hasMessage("hotplate.enabled: neither true nor false (value 'banana')"));
	}

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

	private static List<String> meters(AssertableApplicationContext context) {
		return context.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName())
			.toList();
	}

	@Test
	void registersOnlyListedClients(CapturedOutput output) {
		this.fooAndBarRunner.withPropertyValues("hotplate.clients=foo").run((context) -> {
			assertThat(context).hasBean("foo").doesNotHaveBean("bar");
			assertThat(context.getBean(StringRedisTemplate.class)).isSameAs(context.getBean("foo"));
			assertThat(output).contains("bar.url is a Redis URL, but hotplate.clients does not list 'bar'");
		});
	}

	@Test
	void noneOfSeveralClientsIsPrimary() {
		this.fooAndBarRunner.run((context) -> {
			ConfigurableListableBeanFactory beans = context.getBeanFactory();
			assertThat(Stream.of("", "ConnectionFactory", "CommandExecutor", "Pool")
				.flatMap((suffix) -> Stream.of("foo" + suffix, "bar" + suffix)))
				.noneMatch((name) -> beans.getBeanDefinition(name).isPrimary());
			assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
				.isThrownBy(() -> context.getBean(StringRedisTemplate.class));
			assertThat(context).doesNotHaveBean("redisTemplate");
		});
	}

	@Test
	void injectsSeveralClientsByName() {
		this.fooAndBarRunner.withUserConfiguration(FooUserConfiguration.class, BarUserConfiguration.class)
			.run((context) -> {
				assertThat(context.getBean("fooUser", FooUser.class).template()).isSameAs(context.getBean("foo"));
				assertThat(context.getBean("barUser", FooUser.class).template()).isSameAs(context.getBean("bar"));
			});
	}

	@Test
	void startsWithoutRedisWhenToldTo(CapturedOutput output) {
		this.fooRunner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output)
				.contains("Redis client 'foo' starts without its Redis and keeps trying, since foo.startup is warn")
				.contains("127.0.0.1:1");
		});
	}

	@Test
	void allowsCustomTemplateToBeUsed() {
		StringRedisTemplate custom = new StringRedisTemplate(mock(RedisConnectionFactory.class));
		this.fooRunner.withBean("foo", StringRedisTemplate.class, () -> custom).run((context) -> {
			assertThat(context.getBean("foo")).isSameAs(custom);
			assertThat(context).hasBean("fooConnectionFactory").doesNotHaveBean(MonitoredRedisTemplate.class);
		});
	}

	@Test
	void allowsCustomConnectionFactoryToBeUsed() {
		RedisConnectionFactory custom = mock();
		this.fooRunner.withBean("fooConnectionFactory", RedisConnectionFactory.class, () -> custom).run((context) -> {
			assertThat(context).doesNotHaveBean(MonitoredRedisConnectionFactory.class);
			assertThat(context.getBean("foo", MonitoredRedisTemplate.class).getConnectionFactory()).isSameAs(custom);
		});
	}

	@Test
	void allowsCustomCommandExecutorToBeUsed() {
		CommandExecutorChain custom = new CommandExecutorChain(mock(), List.of());
		this.fooRunner.withBean("fooCommandExecutor", CommandExecutorChain.class, () -> custom)
			.run((context) -> assertThat(context).getBean(CommandExecutorChain.class).isSameAs(custom));
	}

	@Test
	void allowsCustomPoolToBeUsed() {
		this.fooRunner.withUserConfiguration(CustomPoolConfiguration.class)
			.withPropertyValues("app.redis.url=redis://127.0.0.1:1", "app.redis.startup=warn")
			.run((context) -> assertThat(context).getBean(ClusterPool.class)
				.extracting(ClusterPool::name)
				.isEqualTo("app.redis"));
	}

	@Test
	void allowsCustomStringRedisTemplateToBeUsed() {
		StringRedisTemplate custom = new StringRedisTemplate(mock(RedisConnectionFactory.class));
		this.fooRunner.withBean("stringRedisTemplate", StringRedisTemplate.class, () -> custom).run((context) -> {
			assertThat(context.getBean("stringRedisTemplate")).isSameAs(custom);
			assertThat(context.getBean("foo")).isInstanceOf(MonitoredRedisTemplate.class);
		});
	}

	@Test
	void allowsCustomRedisTemplateToBeUsed() {
		this.fooRunner.withUserConfiguration(CustomRedisTemplateConfiguration.class)
			.run((context) -> assertThat(context.getBean("redisTemplate", RedisTemplate.class).getConnectionFactory())
				.isSameAs(context.getBean("fooConnectionFactory")));
	}

	@Test
	void allowsCustomRetryAdviceToBeUsed() {
		assertThatCustomAdviceIsUsed("retryCommandAdviceFactory", this.fooRunner);
	}

	@Test
	void allowsCustomMetricsAdviceToBeUsed() {
		assertThatCustomAdviceIsUsed("metricsCommandAdviceFactory",
				this.fooRunner.withBean(MeterRegistry.class, SimpleMeterRegistry::new));
	}

	@Test
	void allowsCustomTracingAdviceToBeUsed() {
		assertThatCustomAdviceIsUsed("tracingCommandAdviceFactory",
				this.fooRunner.withBean(Tracer.class, SimpleTracer::new));
	}

	private static void assertThatCustomAdviceIsUsed(String name, ApplicationContextRunner runner) {
		CommandAdviceFactory custom = (config) -> null;
		runner.run((context) -> assertThat(context).hasBean(name));
		runner.withBean(name, CommandAdviceFactory.class, () -> custom)
			.run((context) -> assertThat(context.getBean(name)).isSameAs(custom));
	}

	@Test
	void allowsCustomCommandMetricsToBeUsed() {
		CommandMetrics custom = new CommandMetrics(new SimpleMeterRegistry());
		this.fooRunner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean("customMetrics", CommandMetrics.class, () -> custom)
			.run((context) -> assertThat(context).getBean(CommandMetrics.class).isSameAs(custom));
	}

	@Test
	void ordersAdviceFromTracingToRetry() {
		this.fooRunner.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.withBean(Tracer.class, SimpleTracer::new)
			.run((context) -> assertThat(context.getBeanProvider(CommandAdviceFactory.class).orderedStream())
				.containsExactly(context.getBean("tracingCommandAdviceFactory", CommandAdviceFactory.class),
						context.getBean("metricsCommandAdviceFactory", CommandAdviceFactory.class),
						context.getBean("hotKeyCommandAdviceFactory", CommandAdviceFactory.class),
						context.getBean("splitCommandAdviceFactory", CommandAdviceFactory.class),
						context.getBean("retryCommandAdviceFactory", CommandAdviceFactory.class)));
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
	void backsOffWithoutJedis() {
		this.fooRunner.withClassLoader(new FilteredClassLoader(UnifiedJedis.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("foo")
				.hasSingleBean(LettuceConnectionFactory.class));
	}

	@Test
	void weavesNoTracingWhenNobodyTraces() {
		this.fooRunner.withBean(Tracer.class, () -> Tracer.NOOP)
			.run((context) -> assertThat(advice("tracingCommandAdviceFactory", context)).isNull());
		this.fooRunner.withBean(Tracer.class, SimpleTracer::new)
			.run((context) -> assertThat(advice("tracingCommandAdviceFactory", context)).isNotNull());
	}

	private static MethodInterceptor advice(String factory, AssertableApplicationContext context) {
		ClientConfig config = new ClientConfigReader(context.getEnvironment()).read("foo.");
		return context.getBean(factory, CommandAdviceFactory.class).adviceFor(config);
	}

	record FooUser(StringRedisTemplate template) {

	}

	@Configuration(proxyBeanMethods = false)
	static class FooUserConfiguration {

		@Bean
		FooUser fooUser(StringRedisTemplate foo) {
			return new FooUser(foo);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BarUserConfiguration {

		@Bean
		FooUser barUser(StringRedisTemplate bar) {
			return new FooUser(bar);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomPoolConfiguration {

		@Bean
		ClusterPool fooPool(Environment environment) {
			return ClusterPoolFactory.fromConfig(environment, "app.redis.");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomRedisTemplateConfiguration {

		@Bean
		RedisTemplate<String, Object> redisTemplate(RedisConnectionFactory connectionFactory) {
			RedisTemplate<String, Object> template = new RedisTemplate<>();
			template.setConnectionFactory(connectionFactory);
			return template;
		}

	}

}
