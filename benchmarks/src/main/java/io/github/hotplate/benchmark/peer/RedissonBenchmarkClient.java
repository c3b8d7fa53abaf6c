package io.github.hotplate.benchmark.peer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RBatch;
import org.redisson.api.RFuture;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;
import org.springframework.util.Assert;

/**
 * Redisson.
 */
final class RedissonBenchmarkClient implements BenchmarkClient {

	private final RedissonClient redisson;

	RedissonBenchmarkClient(ClusterAccess access) {
		Config config = new Config();
		config.setCodec(StringCodec.INSTANCE);
		config.useClusterServers()
			.addNodeAddress(access.seeds().stream().map((seed) -> "redis://" + seed).toArray(String[]::new))
			.setReadMode(ReadMode.MASTER)
			.setMasterConnectionPoolSize(access.connectionsPerNode())
			.setMasterConnectionMinimumIdleSize(1);
		this.redisson = Redisson.create(config);
	}

	@Override
	public @Nullable String get(String key) {
		return this.redisson.<String>getBucket(key).get();
	}

	@Override
	public void set(String key, String value) {
		this.redisson.getBucket(key).set(value);
	}

	@Override
	public long increment(String key) {
		return this.redisson.getAtomicLong(key).incrementAndGet();
	}

	@Override
	public List<?> getAll(List<String> keys) {
		Map<String, String> values = this.redisson.getBuckets().get(keys.toArray(String[]::new));
		return Arrays.asList(keys.stream().map(values::get).toArray());
	}

	@Override
	public void setAll(Map<String, String> values) {
		this.redisson.getBuckets().set(values);
	}

	@Override
	public void delete(List<String> keys) {
		this.redisson.getKeys().delete(keys.toArray(String[]::new));
	}

	@Override
	public List<?> pipelinedGet(List<String> keys) {
		RBatch batch = this.redisson.createBatch();
		List<RFuture<Object>> queued = keys.stream().map((key) -> batch.getBucket(key).getAsync()).toList();
		List<?> replies = batch.execute().getResponses();
		Assert.state(replies.size() == queued.size(), "Every command is answered");
		return replies;
	}

	@Override
	public void close() {
		this.redisson.shutdown();
	}

}
