package io.github.hotplate.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.cache.autoconfigure.RedisCacheManagerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.data.redis.cache.BatchStrategies;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.hotplate.connection.MonitoredRedisConnectionFactory;

/**
 * Has Boot's cache manager clear caches with {@code SCAN}. With {@code KEYS}, its
 * default, a large cache keeps Redis from serving anybody else. Customizers of the
 * application come later and win.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({ RedisCacheManagerBuilderCustomizer.class, RedisCacheWriter.class })
class CacheConfiguration {

	private static final int BATCH_SIZE = 1_000;

	// Boot injects the factory under the same name, which counts where there are several.
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@ConditionalOnMissingBean(name = "scanningCacheManagerBuilderCustomizer")
	RedisCacheManagerBuilderCustomizer scanningCacheManagerBuilderCustomizer(
			ObjectProvider<RedisConnectionFactory> redisConnectionFactory) {
		return (builder) -> {
			RedisConnectionFactory factory = redisConnectionFactory.getObject();
			if (factory instanceof MonitoredRedisConnectionFactory) {
				builder.cacheWriter(
						RedisCacheWriter.nonLockingRedisCacheWriter(factory, BatchStrategies.scan(BATCH_SIZE)));
			}
		};
	}

}
