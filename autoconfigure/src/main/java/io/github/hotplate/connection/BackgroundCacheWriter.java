package io.github.hotplate.connection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.cache.CacheStatistics;
import org.springframework.data.redis.cache.CacheStatisticsCollector;
import org.springframework.data.redis.cache.RedisCacheWriter;
import org.springframework.data.redis.connection.RedisConnection;

import io.github.hotplate.activity.RedisActivity;

/**
 * Caches what methods return as {@code CompletableFuture} or {@code Mono}. Connections
 * block, so such calls run on threads of their own instead of the caller's; Spring Data's
 * writer refuses them without a reactive driver. They count for the caller's activities.
 * All other calls run as they are.
 *
 * @since 0.1.0
 */
public final class BackgroundCacheWriter implements RedisCacheWriter {

	private final RedisCacheWriter delegate;

	private final Executor executor;

	/**
	 * Create a writer.
	 * @param delegate reads and writes
	 * @param executor runs the calls that must not block their caller
	 */
	public BackgroundCacheWriter(RedisCacheWriter delegate, Executor executor) {
		this.delegate = delegate;
		this.executor = executor;
	}

	@Override
	public boolean supportsAsyncRetrieve() {
		return true;
	}

	@Override
	public CompletableFuture<byte[]> retrieve(String name, byte[] key, @Nullable Duration ttl) {
		return supply(() -> this.delegate.get(name, key, ttl));
	}

	@Override
	public CompletableFuture<Void> store(String name, byte[] key, byte[] value, @Nullable Duration ttl) {
		return supply(() -> {
			this.delegate.put(name, key, value, ttl);
			return null;
		});
	}

	@SuppressWarnings("NullAway") // A future without a value is Spring Data's miss.
	private <T> CompletableFuture<T> supply(Supplier<@Nullable T> call) {
		try {
			return CompletableFuture.supplyAsync(call, (task) -> this.executor.execute(RedisActivity.propagate(task)));
		}
		catch (RejectedExecutionException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public byte @Nullable [] get(String name, byte[] key) {
		return this.delegate.get(name, key);
	}

	@Override
	public byte @Nullable [] get(String name, byte[] key, @Nullable Duration ttl) {
		return this.delegate.get(name, key, ttl);
	}

	@Override
	public byte[] get(String name, byte[] key, Supplier<byte[]> valueLoader, @Nullable Duration ttl,
			boolean timeToIdleEnabled) {
		return this.delegate.get(name, key, valueLoader, ttl, timeToIdleEnabled);
	}

	@Override
	public void put(String name, byte[] key, byte[] value, @Nullable Duration ttl) {
		this.delegate.put(name, key, value, ttl);
	}

	@Override
	public byte @Nullable [] putIfAbsent(String name, byte[] key, byte[] value, @Nullable Duration ttl) {
		return this.delegate.putIfAbsent(name, key, value, ttl);
	}

	@Override
	public void evict(String name, byte[] key) {
		this.delegate.evict(name, key);
	}

	@Override
	public boolean evictIfPresent(String name, byte[] key) {
		return this.delegate.evictIfPresent(name, key);
	}

	@Override
	public void clear(String name, byte[] pattern) {
		this.delegate.clear(name, pattern);
	}

	@Override
	public boolean invalidate(String name, byte[] pattern) {
		return this.delegate.invalidate(name, pattern);
	}

	@Override
	public <T extends @Nullable Object> T execute(Function<RedisConnection, T> callback) {
		return this.delegate.execute(callback);
	}

	@Override
	public CacheStatistics getCacheStatistics(String cacheName) {
		return this.delegate.getCacheStatistics(cacheName);
	}

	@Override
	public void clearStatistics(String name) {
		this.delegate.clearStatistics(name);
	}

	@Override
	public RedisCacheWriter withStatisticsCollector(CacheStatisticsCollector collector) {
		return new BackgroundCacheWriter(this.delegate.withStatisticsCollector(collector), this.executor);
	}

}
