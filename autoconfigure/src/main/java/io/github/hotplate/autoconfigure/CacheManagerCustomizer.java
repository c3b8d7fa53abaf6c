package io.github.hotplate.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.cache.autoconfigure.RedisCacheManagerBuilderCustomizer;
import org.springframework.data.redis.cache.BatchStrategies;
import org.springframework.data.redis.cache.RedisCacheManager.RedisCacheManagerBuilder;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import io.github.hotplate.connection.BackgroundCacheWriter;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.support.BackgroundExecutor;

/**
 * Has Boot's cache manager clear caches with {@code SCAN}, and cache the results of
 * methods that do not block. With {@code KEYS}, its default, a large cache keeps Redis
 * from serving anybody else.
 */
final class CacheManagerCustomizer implements RedisCacheManagerBuilderCustomizer, DisposableBean {

	private static final int BATCH_SIZE = 1_000;

	/**
	 * As many as there may be connections by default.
	 */
	private static final int THREADS = 50;

	private static final int WAITING_CALLS = 10_000;

	private final ObjectProvider<RedisConnectionFactory> connectionFactory;

	private @Nullable BackgroundExecutor executor;

	CacheManagerCustomizer(ObjectProvider<RedisConnectionFactory> connectionFactory) {
		this.connectionFactory = connectionFactory;
	}

	@Override
	public void customize(RedisCacheManagerBuilder builder) {
		if (this.connectionFactory.getObject() instanceof MonitoredRedisConnectionFactory ours) {
			BackgroundExecutor background = new BackgroundExecutor(ours.name(), "cache", THREADS, WAITING_CALLS);
			this.executor = background;
			builder.cacheWriter(new BackgroundCacheWriter(
					RedisCacheWriter.nonLockingRedisCacheWriter(ours, BatchStrategies.scan(BATCH_SIZE)), background));
		}
	}

	@Override
	public void destroy() {
		if (this.executor != null) {
			this.executor.close();
		}
	}

}
