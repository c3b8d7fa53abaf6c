package io.github.hotplate.reports;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.ClusterPoolFactory;
import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;

/**
 * A client of each mode, without an application around it.
 */
public final class ClientsOfAllModes implements AutoCloseable {

	private final Map<String, ClusterPool> pools = new LinkedHashMap<>();

	ClientsOfAllModes(EmbeddedRedisCluster cluster, EmbeddedRedisSentinel sentinel, EmbeddedRedisServer standalone,
			EmbeddedRedisShards sharded) {
		connect("cluster", cluster);
		connect("sentinel", sentinel);
		connect("standalone", standalone);
		connect("sharded", sharded);
	}

	private void connect(String mode, EmbeddedRedis redis) {
		this.pools.put(mode, ClusterPoolFactory.fromConfig(
				new MockEnvironment().withProperty("foo.url", redis.url()).withProperty("foo.mode", mode), "foo."));
	}

	Set<String> modes() {
		return this.pools.keySet();
	}

	public StringRedisTemplate get(String mode) {
		return this.pools.get(mode).createTemplate();
	}

	@Override
	public void close() {
		this.pools.values().forEach(ClusterPool::close);
	}

}
