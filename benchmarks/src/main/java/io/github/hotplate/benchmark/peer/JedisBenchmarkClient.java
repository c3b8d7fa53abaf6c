package io.github.hotplate.benchmark.peer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;

/**
 * Jedis, without anything around it.
 */
final class JedisBenchmarkClient implements BenchmarkClient {

	private final RedisClusterClient jedis;

	// One for all pipelines: a pipeline without one starts threads of its own.
	private final ExecutorService executor = Executors.newCachedThreadPool();

	JedisBenchmarkClient(ClusterAccess access) {
		ConnectionPoolConfig pool = new ConnectionPoolConfig();
		pool.setMaxTotal(access.connectionsPerNode());
		pool.setMaxIdle(access.connectionsPerNode());
		this.jedis = RedisClusterClient.builder().nodes(access.seeds()).poolConfig(pool).build();
	}

	@Override
	public @Nullable String get(String key) {
		return this.jedis.get(key);
	}

	@Override
	public void set(String key, String value) {
		this.jedis.set(key, value);
	}

	@Override
	public long increment(String key) {
		return this.jedis.incr(key);
	}

	@Override
	public List<?> getAll(List<String> keys) {
		return pipelined(keys, ClusterPipeline::get);
	}

	@Override
	public void setAll(Map<String, String> values) {
		pipelined(List.copyOf(values.entrySet()), (pipeline, entry) -> pipeline.set(entry.getKey(), entry.getValue()));
	}

	@Override
	public void delete(List<String> keys) {
		pipelined(keys, ClusterPipeline::del);
	}

	@Override
	public List<?> pipelinedGet(List<String> keys) {
		return getAll(keys);
	}

	private <K, T> List<T> pipelined(List<K> keys, BiFunction<ClusterPipeline, K, Response<T>> command) {
		try (ClusterPipeline pipeline = this.jedis.pipelined(this.executor)) {
			List<Response<T>> responses = keys.stream().map((key) -> command.apply(pipeline, key)).toList();
			pipeline.sync();
			return responses.stream().map(Response::get).toList();
		}
	}

	@Override
	public void close() {
		this.jedis.close();
		this.executor.shutdownNow();
	}

}
