package io.github.hotplate.reports;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.RedisCacheManagerBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.BatchStrategies;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clearing a cache does not keep Redis from serving others.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class CacheClearIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisServer standalone;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class,
				CacheAutoConfiguration.class))
		.withUserConfiguration(Caching.class);

	static Stream<Object[]> modes() {
		return Stream.of(new Object[] { "cluster", cluster }, new Object[] { "standalone", standalone });
	}

	@ParameterizedTest(name = "{0}", autoCloseArguments = false)
	@MethodSource("modes")
	@Report("spring-data-redis #2025")
	void cacheIsClearedByScan(String mode, EmbeddedRedis redis) {
		resetStatistics(redis);
		this.contextRunner.withPropertyValues("foo.url=" + redis.url(), "foo.mode=" + mode).run((context) -> {
			clear(context.getBean(CacheManager.class));
			assertThat(calls(redis, "keys")).isZero();
			assertThat(calls(redis, "scan")).isPositive();
		});
	}

	@Test
	void applicationMayClearOtherwise() {
		resetStatistics(standalone);
		this.contextRunner.withPropertyValues("foo.url=" + standalone.url(), "foo.mode=standalone")
			.withUserConfiguration(Keys.class)
			.run((context) -> {
				clear(context.getBean(CacheManager.class));
				assertThat(calls(standalone, "keys")).isOne();
			});
	}

	private static void clear(CacheManager caches) {
		Cache cache = caches.getCache("books");
		assertThat(cache).isNotNull();
		for (int i = 0; i < 100; i++) {
			cache.put(i, "title " + i);
		}
		assertThat(cache.get(99)).isNotNull();
		cache.clear();
		for (int i = 0; i < 100; i++) {
			assertThat(cache.get(i)).isNull();
		}
	}

	private static void resetStatistics(EmbeddedRedis redis) {
		redis.nodes().forEach((node) -> node.execute("CONFIG", "RESETSTAT"));
	}

	private static long calls(EmbeddedRedis redis, String command) {
		return redis.nodes().stream().filter((node) -> isCalled(node, command)).count();
	}

	private static boolean isCalled(RedisNode node, String command) {
		return String.valueOf(node.execute("INFO", "commandstats")).contains("cmdstat_" + command + ":");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class Caching {

	}

	@Configuration(proxyBeanMethods = false)
	static class Keys {

		@Bean
		RedisCacheManagerBuilderCustomizer keysCustomizer(RedisConnectionFactory factory) {
			return (builder) -> builder
				.cacheWriter(RedisCacheWriter.nonLockingRedisCacheWriter(factory, BatchStrategies.keys()));
		}

	}

}
