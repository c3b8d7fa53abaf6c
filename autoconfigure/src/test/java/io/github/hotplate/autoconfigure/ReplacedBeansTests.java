package io.github.hotplate.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.BeanDefinitionOverrideException;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;
import org.springframework.test.util.ReflectionTestUtils;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.client.ClientWiring;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.ClusterPoolFactory;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.reports.Report;
import io.github.hotplate.retry.RedisRetryTemplate;
import io.github.hotplate.sharding.ShardedRedisCluster;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Each bean of a client that an application replaces is used by all others, or the start
 * says why not.
 */
@ExtendWith(OutputCaptureExtension.class)
class ReplacedBeansTests {

	// No server ever listens on port 1.
	private final ApplicationContextRunner fooRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class))
		.withPropertyValues("foo.url=redis://127.0.0.1:1", "foo.startup=warn", "foo.mode=sharded",
				"own.url=redis://127.0.0.1:1", "own.startup=warn", "own.mode=sharded", "hotplate.clients=foo");

	/**
	 * What an application replaces, and what all other beans must then be made of.
	 */
	static final List<Replacement> replacements = List.of(
			new Replacement("fooPool", OwnPool.class,
					"fooHotKeys, fooCommandExecutor, fooConnectionFactory, fooShards and splitting"),
			new Replacement("fooHotKeys", OwnHotKeys.class, "the advice that samples keys"),
			new Replacement("fooCommandExecutor", OwnExecutor.class,
					"fooConnectionFactory, and thus foo and fooShards"),
			new Replacement("fooConnectionFactory", OwnConnectionFactory.class, "foo and fooShards"),
			new Replacement("fooRetryTemplate", OwnRetryTemplate.class, "nothing of ours"),
			new Replacement("fooShards", OwnShards.class, "nothing of ours"),
			new Replacement("foo", OwnTemplate.class, "nothing of ours"));

	@ParameterizedTest
	@FieldSource("replacements")
	@Report("own bean under the name of a client's bean")
	void allOthersUseReplacement(Replacement replacement) {
		this.fooRunner.withUserConfiguration(replacement.configuration()).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBeanFactory().getBeanDefinition(replacement.name()).hasAttribute(ClientBeans.CLIENT))
				.isFalse();
			assertThat(Stream.of("foo", "fooPool", "fooHotKeys", "fooCommandExecutor", "fooConnectionFactory",
					"fooRetryTemplate", "fooShards"))
				.allMatch(context::containsBean);
			assertThat(context.getBeanFactory().getDependentBeans(replacement.name()))
				.contains(switch (replacement.name()) {
					case "fooPool" ->
						new String[] { "fooHotKeys", "fooCommandExecutor", "fooConnectionFactory", "fooShards" };
					case "fooCommandExecutor" -> new String[] { "fooConnectionFactory" };
					case "fooConnectionFactory" -> new String[] { "foo", "fooShards" };
					default -> new String[0];
				});
		});
	}

	@Test
	@Report("own bean under the name of a client's bean")
	void templateUsesOwnExecutor() {
		this.fooRunner.withUserConfiguration(OwnExecutor.class).run((context) -> {
			assertThat(context.getBean(StringRedisTemplate.class).opsForValue().get("key")).isEqualTo("hello");
			assertThat(context.getBean("redisTemplate")).isNotNull();
		});
	}

	@Test
	@Report("own bean under the name of a client's bean")
	void templateUsesOwnConnectionFactory() {
		this.fooRunner.withUserConfiguration(OwnConnectionFactory.class)
			.run((context) -> assertThat(context.getBean(StringRedisTemplate.class).opsForValue().get("key"))
				.isEqualTo("hello"));
	}

	@Test
	@Report("own bean under the name of a client's bean")
	void adviceUsesOwnPoolAndTracker() {
		this.fooRunner.withUserConfiguration(OwnPool.class, OwnHotKeys.class).run((context) -> {
			List<MethodInterceptor> advice = context.getBean(OwnHotKeys.class)
				.advice(context.getBean("fooCommandExecutor"));
			Object sampling = ReflectionTestUtils.getField(context.getBean("fooHotKeys", HotKeyTracker.class).advice(),
					"sampling");
			assertThat(advice).anyMatch(
					(part) -> part.getClass() == context.getBean("fooHotKeys", HotKeyTracker.class).advice().getClass()
							&& ReflectionTestUtils.getField(part, "sampling") == sampling);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "fooPool", "fooHotKeys", "fooCommandExecutor", "fooConnectionFactory" })
	@Report("own bean under the name of a client's bean")
	void startSaysWhyBeanOfOtherTypeCannotBeUsed(String name) {
		this.fooRunner.withBean(name, StringBuilder.class, StringBuilder::new).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new UnusableBeanFailureAnalyzer().analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).startsWith("Bean '" + name + "' must be a ")
				.endsWith(" to use it, and is a java.lang.StringBuilder.");
			assertThat(analysis.getAction()).startsWith("Rename it, or declare a bean '");
		});
	}

	@Test
	void warnsOfBeanInPlaceOfTemplate(CapturedOutput output) {
		this.fooRunner.withBean("foo", StringBuilder.class, StringBuilder::new).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output)
				.contains("Bean 'foo' is a java.lang.StringBuilder, so Redis client 'foo' has no template");
			assertThat(context.getBean(StringRedisTemplate.class).getConnectionFactory())
				.isSameAs(context.getBean("fooConnectionFactory"));
		});
	}

	@Test
	void componentIsUsed() {
		this.fooRunner.withUserConfiguration(ScanConfiguration.class)
			.run((context) -> assertThat(context.getBean("fooRetryTemplate")).isInstanceOf(ScannedRetries.class));
	}

	@Test
	void registeredSingletonIsUsed() {
		CommandExecutor own = executor();
		this.fooRunner
			.withInitializer((context) -> context.getBeanFactory().registerSingleton("fooCommandExecutor", own))
			.run((context) -> assertThat(context.getBean(StringRedisTemplate.class).opsForValue().get("key"))
				.isEqualTo("hello"));
	}

	@Test
	void aliasIsUsed() {
		this.fooRunner.withUserConfiguration(AliasedExecutor.class)
			.run((context) -> assertThat(context.getBean(StringRedisTemplate.class).opsForValue().get("key"))
				.isEqualTo("hello"));
	}

	@Test
	void laterAutoConfigurationReplacesBeanIfOverridingIsAllowed() {
		this.fooRunner.withConfiguration(AutoConfigurations.of(LateAutoConfiguration.class))
			.withAllowBeanDefinitionOverriding(true)
			.run((context) -> assertThat(context.getBean(StringRedisTemplate.class).opsForValue().get("key"))
				.isEqualTo("hello"));
	}

	@Test
	void startSaysWhyLaterAutoConfigurationCannotReplaceBean() {
		this.fooRunner.withConfiguration(AutoConfigurations.of(LateAutoConfiguration.class))
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOfSatisfying(BeanDefinitionOverrideException.class,
						(failure) -> assertThat(failure.getExistingDefinition().getResourceDescription())
							.startsWith("Redis client 'foo' (foo.url, ")));
	}

	@ParameterizedTest
	@ValueSource(classes = { OwnExecutor.class, OwnPool.class, OwnTemplate.class })
	void overridingChangesNothing(Class<?> configuration) {
		this.fooRunner.withUserConfiguration(configuration)
			.withAllowBeanDefinitionOverriding(true)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void lazyBeansAreUsed() {
		this.fooRunner.withUserConfiguration(OwnExecutor.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context.getBean(StringRedisTemplate.class).opsForValue().get("key"))
				.isEqualTo("hello"));
	}

	private static CommandExecutor executor() {
		CommandExecutor executor = mock();
		given(executor.<Object>executeCommand(any())).willReturn("hello".getBytes(StandardCharsets.UTF_8));
		return executor;
	}

	record Replacement(String name, Class<?> configuration, String usedBy) {

		@Override
		public String toString() {
			return this.name + ", used by " + this.usedBy;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPool {

		@Bean
		ClusterPool fooPool(Environment environment) {
			return ClusterPoolFactory.fromConfig(environment, "own.");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnHotKeys {

		@Bean
		HotKeyTracker fooHotKeys(ClusterPool fooPool, MonitoringFailures failures) {
			return new ClientWiring(fooPool, failures).hotKeys(null);
		}

		@SuppressWarnings("unchecked")
		List<MethodInterceptor> advice(Object executor) {
			return (List<MethodInterceptor>) ReflectionTestUtils.getField(executor, "advice");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnExecutor {

		@Bean
		CommandExecutor fooCommandExecutor() {
			return executor();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class AliasedExecutor {

		@Bean({ "executor", "fooCommandExecutor" })
		CommandExecutor executor() {
			return ReplacedBeansTests.executor();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnConnectionFactory {

		@Bean
		MonitoredRedisConnectionFactory fooConnectionFactory(ClusterPool fooPool, MonitoringFailures failures) {
			return new ClientWiring(fooPool, failures).connectionFactory(executor());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRetryTemplate {

		@Bean
		RedisRetryTemplate fooRetryTemplate() {
			return mock();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnShards {

		@Bean
		ShardedRedisCluster fooShards() {
			return mock();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTemplate {

		@Bean
		StringRedisTemplate foo(RedisConnectionFactory fooConnectionFactory) {
			return new StringRedisTemplate(fooConnectionFactory);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigureAfter(HotplateAutoConfiguration.class)
	static class LateAutoConfiguration {

		@Bean
		CommandExecutor fooCommandExecutor() {
			return executor();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan(basePackageClasses = ReplacedBeansTests.class, useDefaultFilters = false,
			includeFilters = @ComponentScan.Filter(classes = ScannedRetries.class, type = FilterType.ASSIGNABLE_TYPE))
	static class ScanConfiguration {

	}

	@Component("fooRetryTemplate")
	static class ScannedRetries {

	}

}
