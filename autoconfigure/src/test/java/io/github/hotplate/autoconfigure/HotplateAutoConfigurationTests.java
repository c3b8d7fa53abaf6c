package io.github.hotplate.autoconfigure;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.UnifiedJedis;

import io.github.hotplate.chain.CommandExecutorChain;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.config.InvalidClientConfigException;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.CommandAdviceFactory;
import io.github.hotplate.retry.RedisRetryTemplate;
import io.github.hotplate.template.MonitoredRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link HotplateAutoConfiguration}: which clients there are, and their beans.
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
			assertThat(context.getBean("fooRetryTemplate")).isInstanceOf(RedisRetryTemplate.class);
		});
	}

	@Test
	void injectsOnlyClientByType() {
		this.fooRunner.run((context) -> {
			assertThat(context.getBean(StringRedisTemplate.class)).isSameAs(context.getBean("foo"));
			assertThat(context.getBean(RedisConnectionFactory.class)).isSameAs(context.getBean("fooConnectionFactory"));
			assertThat(context.getBean(ClusterPool.class)).isSameAs(context.getBean("fooPool"));
			assertThat(context.getBean(RedisRetryTemplate.class)).isSameAs(context.getBean("fooRetryTemplate"));
		});
	}

	@Test
	void onlyClientIsPrimary() {
		this.fooRunner.withBean("other", RedisConnectionFactory.class, () -> mock(RedisConnectionFactory.class))
			.run((context) -> {
				assertThat(context.getBean(RedisConnectionFactory.class))
					.isSameAs(context.getBean("fooConnectionFactory"));
				assertThat(Stream.of("fooCommandExecutor", "fooHotKeys", "fooPool", "fooRetryTemplate"))
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
				.hasMessage("hotplate.enabled: must be true or false (value 'banana')"));
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
			assertThat(Stream.of("", "ConnectionFactory", "CommandExecutor", "Pool", "RetryTemplate")
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
	void retryTemplatesHaveThePoliciesOfTheirClients() {
		this.fooAndBarRunner
			.withPropertyValues("foo.retry.deadline=7s", "bar.retry.deadline=9s", "bar.retry.non_idempotent=true")
			.withUserConfiguration(RetryUserConfiguration.class)
			.run((context) -> {
				RetryUser user = context.getBean(RetryUser.class);
				assertThat(user.foo()).isSameAs(context.getBean("fooRetryTemplate"));
				assertThat(user.bar()).isSameAs(context.getBean("barRetryTemplate"));
				RetryPolicy foo = user.foo().policy();
				RetryPolicy bar = user.bar().policy();
				assertThat(foo.getTimeout()).hasSeconds(7);
				assertThat(bar.getTimeout()).hasSeconds(9);
				AmbiguousExecutionException ambiguous = new AmbiguousExecutionException("INCR", new RuntimeException());
				assertThat(foo.shouldRetry(ambiguous)).isFalse();
				assertThat(bar.shouldRetry(ambiguous)).isTrue();
			});
	}

	@Test
	void startsWithoutRedisWhenToldTo(CapturedOutput output) {
		this.fooRunner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output)
				.contains("Redis client 'foo' cannot connect; starting anyway (foo.startup=warn) and retrying in the "
						+ "background")
				.contains("127.0.0.1:1");
		});
	}

	@Test
	void backsOffWithoutJedis() {
		this.fooRunner.withClassLoader(new FilteredClassLoader(UnifiedJedis.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean("foo")
				.hasSingleBean(LettuceConnectionFactory.class));
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

	record RetryUser(RedisRetryTemplate foo, RedisRetryTemplate bar) {

	}

	@Configuration(proxyBeanMethods = false)
	static class RetryUserConfiguration {

		@Bean
		RetryUser retryUser(RedisRetryTemplate fooRetryTemplate, RedisRetryTemplate barRetryTemplate) {
			return new RetryUser(fooRetryTemplate, barRetryTemplate);
		}

	}

}
