package io.github.hotplate.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.reports.Report;
import io.github.hotplate.retry.RedisRetryTemplate;
import io.github.hotplate.template.MonitoredRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Which bean an application gets: as with Boot alone, and a client where nothing else
 * decides.
 */
class BeanInjectionTests {

	// No server ever listens on port 1.
	private final ApplicationContextRunner fooRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class))
		.withPropertyValues("foo.url=redis://127.0.0.1:1", "foo.startup=warn");

	private final ApplicationContextRunner fooAndBarRunner = this.fooRunner
		.withPropertyValues("bar.url=redis://127.0.0.1:1", "bar.startup=warn");

	@Test
	@Report({ "spring-boot #3075", "spring-boot #9995" })
	void rawTemplateIsInjectedByName() {
		this.fooRunner.withUserConfiguration(TemplateUserConfiguration.class).run((context) -> {
			TemplateUser user = context.getBean(TemplateUser.class);
			assertThat(user.raw()).isSameAs(context.getBean("redisTemplate")).isExactlyInstanceOf(RedisTemplate.class);
			assertThat(user.typed()).isSameAs(context.getBean("redisTemplate"));
			assertThat(user.operations()).isSameAs(context.getBean("redisTemplate"));
			assertThat(user.strings()).isSameAs(context.getBean("foo"));
			assertThat(user.bootsName()).isSameAs(context.getBean("foo"));
			assertThat(user.byType()).isSameAs(context.getBean("foo"));
			assertThat(user.raw().getConnectionFactory()).isSameAs(context.getBean("fooConnectionFactory"));
		});
	}

	@Test
	@Report({ "spring-boot #3075", "spring-boot #9995" })
	void rawTemplateOfAnotherNameIsAmbiguousAsWithBootAlone() {
		this.fooRunner.run((context) -> assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
			.isThrownBy(() -> context.getBean(RedisTemplate.class))
			.satisfies((failure) -> assertThat(failure.getBeanNamesFound()).containsExactlyInAnyOrder("foo",
					"redisTemplate")));
	}

	@Test
	void clientIsInjectedByTypeBesideOwnStringTemplate() {
		this.fooRunner.withBean("own", StringRedisTemplate.class, () -> mock())
			.run((context) -> assertThat(context.getBean(StringRedisTemplate.class)).isSameAs(context.getBean("foo")));
	}

	@Test
	@Report({ "spring-boot #3075", "spring-boot #9995" })
	void ownRawTemplateIsInjectedByName() {
		this.fooRunner.withUserConfiguration(OwnTemplateConfiguration.class, TemplateUserConfiguration.class)
			.run((context) -> {
				TemplateUser user = context.getBean(TemplateUser.class);
				assertThat(user.raw()).isSameAs(context.getBean(OwnTemplateConfiguration.class).template);
				assertThat(user.byType()).isSameAs(context.getBean("foo"));
			});
	}

	@Test
	@Report({ "spring-boot #3075", "spring-boot #9995" })
	void ownPrimaryTemplateWins() {
		this.fooRunner.withUserConfiguration(OwnPrimaryTemplateConfiguration.class, TemplateUserConfiguration.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				Object own = context.getBean("own");
				TemplateUser user = context.getBean(TemplateUser.class);
				assertThat(user.raw()).isSameAs(own);
				assertThat(user.byType()).isSameAs(context.getBean("foo"));
				assertThat(context.getBean(RedisTemplate.class)).isSameAs(own);
			});
	}

	@Test
	@Report({ "spring-boot #3075", "spring-boot #9995" })
	void ownPrimaryStringTemplateWins() {
		this.fooRunner.withUserConfiguration(OwnPrimaryStringTemplateConfiguration.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(StringRedisTemplate.class)).isSameAs(context.getBean("own"));
			assertThat(context.getBean("foo")).isInstanceOf(MonitoredRedisTemplate.class);
		});
	}

	@Test
	@Report({ "spring-boot #3075", "spring-boot #9995" })
	void ownPrimaryConnectionFactoryWins() {
		this.fooRunner.withUserConfiguration(OwnPrimaryConnectionFactoryConfiguration.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Object own = context.getBean("own");
			assertThat(context.getBean(RedisConnectionFactory.class)).isSameAs(own);
			assertThat(context.getBean("redisTemplate", RedisTemplate.class).getConnectionFactory()).isSameAs(own);
			assertThat(context.getBean(StringRedisTemplate.class)).isSameAs(context.getBean("foo"));
		});
	}

	@Test
	void ownConnectionFactoryIsInjectedByName() {
		this.fooRunner.withBean("redisConnectionFactory", RedisConnectionFactory.class, () -> mock()).run((context) -> {
			Object own = context.getBean("redisConnectionFactory");
			assertThat(context.getBean("redisTemplate", RedisTemplate.class).getConnectionFactory()).isSameAs(own);
			assertThat(context.getBean(RedisConnectionFactory.class)).isSameAs(context.getBean("fooConnectionFactory"));
		});
	}

	@Test
	void ownPrimaryBeanOfOurTypesWins() {
		this.fooRunner.withUserConfiguration(OwnPrimaryRetriesConfiguration.class)
			.run((context) -> assertThat(context.getBean(RedisRetryTemplate.class)).isSameAs(context.getBean("own")));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Report({ "spring-boot #9363", "own bean under the name of a client's bean" })
	void ownBeansOfPrimaryClientAreInjectedByType(boolean early) {
		this.fooAndBarRunner.withPropertyValues("hotplate.primary=foo")
			.withUserConfiguration(OwnBeansOfFooConfiguration.class, TemplateUserConfiguration.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				if (early) {
					context.getBean("bar");
				}
				assertThat(context.getBean(StringRedisTemplate.class)).isSameAs(context.getBean("foo"))
					.isExactlyInstanceOf(StringRedisTemplate.class);
				assertThat(context.getBean(RedisConnectionFactory.class))
					.isSameAs(context.getBean("fooConnectionFactory"));
				TemplateUser user = context.getBean(TemplateUser.class);
				assertThat(user.byType()).isSameAs(context.getBean("foo"));
				assertThat(user.bootsName()).isSameAs(context.getBean("foo"));
				assertThat(user.raw()).isSameAs(context.getBean("redisTemplate"));
				assertThat(user.raw().getConnectionFactory()).isSameAs(context.getBean("fooConnectionFactory"));
				BarUser bars = context.getBeanFactory().createBean(BarUser.class);
				assertThat(bars.bar).isSameAs(context.getBean("bar"));
				assertThat(bars.barConnectionFactory).isSameAs(context.getBean("barConnectionFactory"));
			});
	}

	@ParameterizedTest
	@ValueSource(classes = { OwnFactoryOfFooConfiguration.class, OwnTemplateOfFooConfiguration.class })
	@Report({ "spring-boot #9363", "own bean under the name of a client's bean" })
	void ownBeanOfPrimaryClientIsInjectedByType(Class<?> configuration) {
		this.fooAndBarRunner.withPropertyValues("hotplate.primary=foo")
			.withUserConfiguration(configuration, TemplateUserConfiguration.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(StringRedisTemplate.class)).isSameAs(context.getBean("foo"));
				assertThat(context.getBean(RedisConnectionFactory.class))
					.isSameAs(context.getBean("fooConnectionFactory"));
				assertThat(context.getBean(TemplateUser.class).raw()).isSameAs(context.getBean("redisTemplate"));
			});
	}

	@Test
	@Report("spring-boot #9363")
	void primaryOfSeveralClientsIsInjectedByType() {
		this.fooAndBarRunner.withPropertyValues("hotplate.primary=bar")
			.withUserConfiguration(TemplateUserConfiguration.class)
			.run((context) -> {
				assertThat(context.getBean(StringRedisTemplate.class)).isSameAs(context.getBean("bar"));
				assertThat(context.getBean(RedisConnectionFactory.class))
					.isSameAs(context.getBean("barConnectionFactory"));
				assertThat(context.getBeanProvider(RedisConnectionFactory.class).getIfUnique()).isNotNull();
				TemplateUser user = context.getBean(TemplateUser.class);
				assertThat(user.raw()).isSameAs(context.getBean("redisTemplate"));
				assertThat(user.raw().getConnectionFactory()).isSameAs(context.getBean("barConnectionFactory"));
				assertThat(user.byType()).isSameAs(context.getBean("bar"));
				assertThat(user.strings()).isSameAs(context.getBean("bar"));
				assertThat(user.bootsName()).isSameAs(context.getBean("bar"));
			});
	}

	@Test
	@Report("spring-boot #9363")
	void othersOfSeveralClientsAreInjectedByNameAndQualifier() {
		this.fooAndBarRunner.withPropertyValues("hotplate.primary=bar")
			.withUserConfiguration(FooUserConfiguration.class)
			.run((context) -> {
				FooUser user = context.getBean(FooUser.class);
				assertThat(user.byName()).isSameAs(context.getBean("foo"));
				assertThat(user.byQualifier()).isSameAs(context.getBean("foo"));
				assertThat(user.connectionFactory()).isSameAs(context.getBean("fooConnectionFactory"));
				assertThat(user.pool()).isSameAs(context.getBean("fooPool"));
				assertThat(user.retries()).isSameAs(context.getBean("fooRetryTemplate"));
			});
	}

	@Test
	@Report("spring-boot #9363")
	void ownPrimaryBeanWinsOverPrimaryClient() {
		this.fooAndBarRunner.withPropertyValues("hotplate.primary=bar")
			.withUserConfiguration(OwnPrimaryConnectionFactoryConfiguration.class)
			.run((context) -> assertThat(context.getBean(RedisConnectionFactory.class))
				.isSameAs(context.getBean("own")));
	}

	@Test
	void noneOfSeveralClientsIsInjectedByTypeUnlessToldTo() {
		this.fooAndBarRunner.run((context) -> assertThatExceptionOfType(NoUniqueBeanDefinitionException.class)
			.isThrownBy(() -> context.getBean(RedisConnectionFactory.class)));
	}

	@Test
	void undeclaredPrimaryFails() {
		this.fooRunner.withPropertyValues("hotplate.primary=baz")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("hotplate.primary: no such client (value 'baz')"));
	}

	record TemplateUser(@SuppressWarnings("rawtypes") RedisTemplate raw, RedisTemplate<Object, Object> typed,
			RedisOperations<?, ?> operations, RedisTemplate<String, String> strings,
			RedisTemplate<String, String> bootsName, StringRedisTemplate byType) {

	}

	@Configuration(proxyBeanMethods = false)
	static class TemplateUserConfiguration {

		@Bean
		@SuppressWarnings("rawtypes")
		TemplateUser templateUser(RedisTemplate redisTemplate,
				@Qualifier("redisTemplate") RedisTemplate<Object, Object> typed,
				@Qualifier("redisTemplate") RedisOperations<?, ?> operations, RedisTemplate<String, String> template,
				StringRedisTemplate stringRedisTemplate, StringRedisTemplate anything) {
			return new TemplateUser(redisTemplate, typed, operations, template, stringRedisTemplate, anything);
		}

	}

	record FooUser(StringRedisTemplate byName, StringRedisTemplate byQualifier,
			RedisConnectionFactory connectionFactory, ClusterPool pool, RedisRetryTemplate retries) {

	}

	@Configuration(proxyBeanMethods = false)
	static class FooUserConfiguration {

		@Bean
		FooUser fooUser(StringRedisTemplate foo, @Qualifier("foo") StringRedisTemplate other,
				RedisConnectionFactory fooConnectionFactory, ClusterPool fooPool, RedisRetryTemplate fooRetryTemplate) {
			return new FooUser(foo, other, fooConnectionFactory, fooPool, fooRetryTemplate);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTemplateConfiguration {

		private final RedisTemplate<String, Object> template = new RedisTemplate<>();

		@Bean
		RedisTemplate<?, ?> redisTemplate(RedisConnectionFactory redisConnectionFactory) {
			this.template.setConnectionFactory(redisConnectionFactory);
			return this.template;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPrimaryTemplateConfiguration {

		@Bean
		@Primary
		RedisTemplate<String, Object> own(RedisConnectionFactory redisConnectionFactory) {
			RedisTemplate<String, Object> template = new RedisTemplate<>();
			template.setConnectionFactory(redisConnectionFactory);
			return template;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPrimaryStringTemplateConfiguration {

		@Bean
		@Primary
		StringRedisTemplate own(RedisConnectionFactory redisConnectionFactory) {
			return new StringRedisTemplate(redisConnectionFactory);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPrimaryConnectionFactoryConfiguration {

		@Bean
		@Primary
		RedisConnectionFactory own() {
			return mock();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPrimaryRetriesConfiguration {

		@Bean
		@Primary
		RedisRetryTemplate own(@Qualifier("fooRetryTemplate") RedisRetryTemplate foo) {
			return mock();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFactoryOfFooConfiguration {

		@Bean
		RedisConnectionFactory fooConnectionFactory() {
			return mock();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTemplateOfFooConfiguration {

		@Bean
		StringRedisTemplate foo(@Qualifier("fooConnectionFactory") RedisConnectionFactory factory) {
			return new StringRedisTemplate(factory);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ OwnFactoryOfFooConfiguration.class, OwnTemplateOfFooConfiguration.class })
	static class OwnBeansOfFooConfiguration {

	}

	static class BarUser {

		private final StringRedisTemplate bar;

		private final RedisConnectionFactory barConnectionFactory;

		BarUser(StringRedisTemplate bar, RedisConnectionFactory barConnectionFactory) {
			this.bar = bar;
			this.barConnectionFactory = barConnectionFactory;
		}

	}

}
