package io.github.hotplate.autoconfigure;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisReactiveAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a start that fails for a missing or ambiguous bean says.
 */
class BeanFailureAnalysisTests {

	private ConfigurableApplicationContext application;

	// No server ever listens on port 1.
	private final ApplicationContextRunner fooRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class,
				DataRedisReactiveAutoConfiguration.class, CacheAutoConfiguration.class))
		.withInitializer((context) -> this.application = context)
		.withPropertyValues("foo.url=redis://127.0.0.1:1", "foo.startup=warn");

	private final ApplicationContextRunner fooAndBarRunner = this.fooRunner
		.withPropertyValues("bar.url=redis://127.0.0.1:1", "bar.startup=warn");

	@Test
	@Report("spring-boot #9363")
	void cachesOfTwoClientsNamePrimaryKey() {
		this.fooAndBarRunner.withPropertyValues("spring.cache.type=redis")
			.withUserConfiguration(CachingConfiguration.class)
			.run((context) -> {
				FailureAnalysis analysis = analyze(context);
				assertThat(analysis.getDescription()).contains("required a single bean, but 2 were found:")
					.contains("- fooConnectionFactory: Redis client 'foo' (foo.url, \"foo.url\" from property source")
					.contains("- barConnectionFactory: Redis client 'bar' (bar.url, ")
					.doesNotContain("unknown location");
				assertThat(analysis.getAction()).startsWith("Set hotplate.primary to ")
					.contains("foo")
					.contains("bar")
					.contains("@Qualifier");
			});
		this.fooAndBarRunner.withPropertyValues("spring.cache.type=redis", "hotplate.primary=foo")
			.withUserConfiguration(CachingConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed().hasBean("cacheManager"));
	}

	@Test
	@Report("spring-boot #9363")
	void templateOfTwoClientsNamesPrimaryKey() {
		this.fooAndBarRunner.withUserConfiguration(StringTemplateConfiguration.class)
			.run((context) -> assertThat(analyze(context).getAction()).startsWith("Set hotplate.primary to "));
	}

	@Test
	@Report("spring-boot #9363")
	void poolOfTwoClientsIsSelectedByName() {
		this.fooAndBarRunner.withUserConfiguration(PoolConfiguration.class).run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(analysis.getDescription()).contains("- fooPool: Redis client 'foo'");
			assertThat(analysis.getAction()).startsWith("Select a bean by the name")
				.contains("fooPool")
				.doesNotContain("hotplate.primary");
		});
	}

	@Test
	@Report("spring-boot #9363")
	void bootsTemplateBesideTwoClientsNamesPrimaryKey() {
		this.fooAndBarRunner.withUserConfiguration(ObjectTemplateConfiguration.class).run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(analysis.getDescription()).contains("required a bean of type")
				.contains("Spring Boot makes it for one connection factory");
			assertThat(analysis.getAction()).startsWith("Set hotplate.primary to ");
		});
	}

	@Test
	@Report("spring-boot #9363")
	void templateThatBootNeverMakesDoesNotNamePrimaryKey() {
		this.fooAndBarRunner.withUserConfiguration(TypedTemplateConfiguration.class)
			.run((context) -> assertThat(analyze(context).getAction()).startsWith("Define the bean yourself"));
	}

	@Test
	@Report("spring-boot #9363")
	void bootsStringTemplateBesideTwoClientsNamesPrimaryKey() {
		this.fooAndBarRunner.withUserConfiguration(BootsStringTemplateConfiguration.class)
			.run((context) -> assertThat(analyze(context).getAction()).startsWith("Set hotplate.primary to "));
		this.fooAndBarRunner.withPropertyValues("hotplate.primary=foo")
			.withUserConfiguration(BootsStringTemplateConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(classes = { ReactiveTemplateConfiguration.class, ReactiveConnectionFactoryConfiguration.class })
	@Report("spring-data-redis #2717")
	void reactiveBeanSaysThatClientsBlock(Class<?> configuration) {
		this.fooRunner.withUserConfiguration(configuration).run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(analysis.getDescription()).contains("that could not be found.")
				.contains("The calls of Redis client 'foo' block, so there is no reactive API of Spring Data Redis.");
			assertThat(analysis.getAction()).contains("boundedElastic()").contains("LettuceConnectionFactory");
		});
	}

	@Test
	@Report("spring-data-redis #2717")
	void reactiveTemplateRunsOnOwnConnectionFactory() {
		this.fooRunner
			.withBean("lettuce", LettuceConnectionFactory.class, () -> new LettuceConnectionFactory("127.0.0.1", 1))
			.withUserConfiguration(ReactiveTemplateConfiguration.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(StringRedisTemplate.class)).isSameAs(context.getBean("foo"));
			});
	}

	@ParameterizedTest
	@ValueSource(classes = { LettuceConfiguration.class, JedisConfiguration.class, CastConfiguration.class,
			NamedConfiguration.class })
	@Report("connection factory of Lettuce or Jedis")
	void connectionFactoryOfDriverSaysWhatToInject(Class<?> configuration) {
		this.fooRunner.withUserConfiguration(configuration).run((context) -> {
			FailureAnalysis analysis = analyze(context);
			assertThat(analysis.getDescription())
				.contains("The connection factory of Redis client 'foo' is a MonitoredRedisConnectionFactory");
			assertThat(analysis.getAction()).contains("RedisConnectionFactory").contains("define a bean of that type");
		});
	}

	@Test
	void otherMissingBeansAreForBoot() {
		this.fooRunner.withUserConfiguration(OtherConfiguration.class)
			.run((context) -> assertThat(analyze(context).getDescription()).doesNotContain("Redis"));
	}

	@Test
	void definitionsSayWhatTheyAre() {
		this.fooRunner.withPropertyValues("foo.mode=sharded")
			.run((context) -> assertThat(List.of("foo", "fooConnectionFactory", "fooCommandExecutor", "fooPool",
					"fooHotKeys", "fooRetryTemplate", "fooShards"))
				.allSatisfy((name) -> {
					BeanDefinition definition = context.getBeanFactory().getBeanDefinition(name);
					assertThat(definition.getResourceDescription()).startsWith("Redis client 'foo' (foo.url, ");
					assertThat(definition.getDescription()).isEqualTo("Redis client 'foo'");
					assertThat(definition.getFactoryMethodName()).isNotNull();
				}));
	}

	// As SpringApplication does.
	private FailureAnalysis analyze(AssertableApplicationContext context) {
		assertThat(context).hasFailed();
		ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, this.application.getBeanFactory())
			.and(Environment.class, this.application.getEnvironment());
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, (type, name, failure) -> {
			})
			.stream()
			.map((analyzer) -> analyzer.analyze(context.getStartupFailure()))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class CachingConfiguration {

	}

	@Configuration(proxyBeanMethods = false)
	static class StringTemplateConfiguration {

		@Bean
		Object user(StringRedisTemplate template) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PoolConfiguration {

		@Bean
		Object user(ClusterPool pool) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ObjectTemplateConfiguration {

		@Bean
		Object user(RedisTemplate<Object, Object> redisTemplate) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReactiveTemplateConfiguration {

		@Bean
		Object user(ReactiveStringRedisTemplate template) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ReactiveConnectionFactoryConfiguration {

		@Bean
		Object user(ReactiveRedisConnectionFactory connectionFactory) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LettuceConfiguration {

		@Bean
		Object user(LettuceConnectionFactory connectionFactory) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class JedisConfiguration {

		@Bean
		Object user(JedisConnectionFactory connectionFactory) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CastConfiguration {

		@Bean
		Object user(RedisConnectionFactory connectionFactory) {
			return (LettuceConnectionFactory) connectionFactory;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NamedConfiguration {

		@Bean
		Object user(BeanFactory beanFactory) {
			return beanFactory.getBean("fooConnectionFactory", JedisConnectionFactory.class);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherConfiguration {

		@Bean
		Object user(Thread thread) {
			return new Object();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TypedTemplateConfiguration {

		@Bean
		String user(RedisTemplate<String, Object> template) {
			return template.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BootsStringTemplateConfiguration {

		@Bean
		String user(@Qualifier("stringRedisTemplate") StringRedisTemplate template) {
			return template.toString();
		}

	}

}
