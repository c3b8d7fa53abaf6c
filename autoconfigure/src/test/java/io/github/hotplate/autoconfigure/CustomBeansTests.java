package io.github.hotplate.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.ClusterPoolFactory;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.execution.CommandAdviceFactory;
import io.github.hotplate.observation.CommandMetrics;
import io.github.hotplate.retry.RedisRetryTemplate;
import io.github.hotplate.template.MonitoredRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link HotplateAutoConfiguration}: every bean gives way to the application's
 * own.
 */
class CustomBeansTests {

	// No server ever listens on port 1.
	private final ApplicationContextRunner fooRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class))
		.withPropertyValues("foo.url=redis://127.0.0.1:1", "foo.startup=warn");

	@Test
	void allowsCustomTemplateToBeUsed() {
		StringRedisTemplate custom = new StringRedisTemplate(mock(RedisConnectionFactory.class));
		this.fooRunner.withBean("foo", StringRedisTemplate.class, () -> custom).run((context) -> {
			assertThat(context.getBean("foo")).isSameAs(custom);
			assertThat(context).hasBean("fooConnectionFactory").doesNotHaveBean(MonitoredRedisTemplate.class);
		});
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
	void allowsAnyCommandExecutorToBeUsed() {
		CommandExecutor custom = mock();
		given(custom.<Object>executeCommand(any())).willReturn("hello".getBytes(StandardCharsets.UTF_8));
		this.fooRunner.withBean("fooCommandExecutor", CommandExecutor.class, () -> custom)
			.run((context) -> assertThat(context.getBean("foo", StringRedisTemplate.class).opsForValue().get("key"))
				.isEqualTo("hello"));
	}

	@Test
	void failsForShardsOfOtherConnectionFactory() {
		this.fooRunner.withBean("fooConnectionFactory", RedisConnectionFactory.class, () -> mock())
			.withPropertyValues("foo.mode=sharded")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(IllegalStateException.class)
				.hasMessageStartingWith("Bean 'fooConnectionFactory' must be a MonitoredRedisConnectionFactory for "
						+ "'fooShards' to use it, and is a "));
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
	void allowsCustomRetryTemplateToBeUsed() {
		this.fooRunner.withUserConfiguration(CustomRetryTemplateConfiguration.class)
			.run((context) -> assertThat(context).getBean(RedisRetryTemplate.class)
				.extracting((template) -> template.policy().getTimeout())
				.isEqualTo(Duration.ofHours(1)));
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
	void allowsCustomPenaltyEventsBinderToBeUsed() {
		assertThatCustomBinderIsUsed("penaltyEventsBinder");
	}

	@Test
	void allowsCustomHotKeyEventsBinderToBeUsed() {
		assertThatCustomBinderIsUsed("hotKeyEventsBinder");
	}

	private void assertThatCustomBinderIsUsed(String name) {
		Object custom = new Object();
		this.fooRunner.run((context) -> assertThat(context).getBean(name).isInstanceOf(EventsBinder.class));
		this.fooRunner.withBean(name, Object.class, () -> custom)
			.run((context) -> assertThat(context).hasNotFailed().getBean(name).isSameAs(custom));
	}

	@Test
	void allowsCustomHealthOfNodesToBeUsed() {
		HealthIndicator custom = () -> Health.unknown().build();
		this.fooRunner.withBean("redisNodesHealthIndicator", HealthIndicator.class, () -> custom)
			.run((context) -> assertThat(context).getBean("redisNodesHealthIndicator").isSameAs(custom));
	}

	@Test
	void allowsCustomHealthOfRedisToBeUsed() {
		HealthIndicator custom = () -> Health.unknown().build();
		this.fooRunner.withBean("redisHealthIndicator", HealthIndicator.class, () -> custom)
			.run((context) -> assertThat(context).doesNotHaveBean("redisHealthContributor"));
	}

	@Configuration(proxyBeanMethods = false)
	static class CustomRetryTemplateConfiguration {

		@Bean
		RedisRetryTemplate fooRetryTemplate(Environment environment) {
			ClientConfig patient = new ClientConfigReader(
					new MockEnvironment().withProperty("patient.url", environment.getRequiredProperty("foo.url"))
						.withProperty("patient.retry.deadline", "1h"))
				.read("patient.");
			return new RedisRetryTemplate(patient);
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
