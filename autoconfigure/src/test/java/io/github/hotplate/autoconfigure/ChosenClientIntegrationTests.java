package io.github.hotplate.autoconfigure;

import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which of several clients caches, templates and listeners take, as
 * {@code several-clients.md} says.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class ChosenClientIntegrationTests {

	private static EmbeddedRedisServer server;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class,
				CacheAutoConfiguration.class))
		.withUserConfiguration(Caching.class)
		.withPropertyValues("foo.url=" + server.url() + "/1", "foo.mode=standalone", "bar.url=" + server.url() + "/2",
				"bar.mode=standalone", "spring.cache.type=redis");

	private final ApplicationContextRunner primaryRunner = this.contextRunner
		.withPropertyValues("hotplate.primary=bar");

	@AfterAll
	static void flush() {
		server.flush();
	}

	@Test
	void cachesAndBootsTemplatesTakePrimaryClient() {
		this.primaryRunner.run((context) -> {
			put(context.getBean(CacheManager.class), "boot");
			assertThat(template(context, "bar").hasKey("squares::boot")).isTrue();
			assertThat(template(context, "foo").hasKey("squares::boot")).isFalse();
			assertThat(context.getBean("redisTemplate", RedisTemplate.class).getConnectionFactory())
				.isSameAs(factory(context, "bar"));
			assertThat(context.getBean(RedisConnectionFactory.class)).isSameAs(factory(context, "bar"));
		});
	}

	@Test
	void secondCacheManagerTakesTheFactoryThatItNames() {
		this.primaryRunner.withUserConfiguration(CacheManagers.class).run((context) -> {
			put(context.getBean("fooCacheManager", CacheManager.class), "own");
			assertThat(template(context, "foo").hasKey("squares::own")).isTrue();
			assertThat(template(context, "bar").hasKey("squares::own")).isFalse();
		});
	}

	@Test
	void listenersTakeTheFactoryThatTheyName() {
		this.primaryRunner.withUserConfiguration(Listeners.class)
			.run((context) -> assertThat(context.getBean(RedisMessageListenerContainer.class).getConnectionFactory())
				.isSameAs(factory(context, "foo")));
	}

	@Test
	void cachesDoNotStartWithoutPrimaryClient() {
		this.contextRunner.run((context) -> assertThat(context).getFailure()
			.hasMessageContaining("fooConnectionFactory,barConnectionFactory"));
	}

	private static void put(CacheManager manager, String key) {
		Objects.requireNonNull(manager.getCache("squares")).put(key, "1");
	}

	private static StringRedisTemplate template(ApplicationContext context, String client) {
		return context.getBean(client, StringRedisTemplate.class);
	}

	private static RedisConnectionFactory factory(ApplicationContext context, String client) {
		return context.getBean(client + "ConnectionFactory", RedisConnectionFactory.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

	}

	@Configuration(proxyBeanMethods = false)
	static class CacheManagers {

		@Bean
		CacheManager fooCacheManager(@Qualifier("fooConnectionFactory") RedisConnectionFactory factory) {
			return RedisCacheManager.create(factory);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		@Bean
		RedisMessageListenerContainer listeners(RedisConnectionFactory fooConnectionFactory) {
			RedisMessageListenerContainer container = new RedisMessageListenerContainer();
			container.setConnectionFactory(fooConnectionFactory);
			return container;
		}

	}

}
