package io.github.hotplate.benchmark.peer;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.jedis.JedisClientConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.Connection;

/**
 * Makes the clients that are used by way of a template of Spring Data Redis.
 */
final class SpringClients {

	private SpringClients() {
	}

	static BenchmarkClient hotplate(ClusterAccess access) {
		return HotplateClient.open(access).asBenchmarkClient();
	}

	static BenchmarkClient stock(ClusterAccess access) {
		GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
		pool.setMaxTotal(access.connectionsPerNode());
		pool.setMaxIdle(access.connectionsPerNode());
		JedisConnectionFactory factory = new JedisConnectionFactory(cluster(access),
				JedisClientConfiguration.builder().usePooling().poolConfig(pool).build());
		factory.afterPropertiesSet();
		factory.start();
		return new TemplateBenchmarkClient(new StringRedisTemplate(factory), factory::destroy);
	}

	static BenchmarkClient lettuce(ClusterAccess access) {
		ClusterTopologyRefreshOptions refresh = ClusterTopologyRefreshOptions.builder()
			.enableAllAdaptiveRefreshTriggers()
			.build();
		LettuceConnectionFactory factory = new LettuceConnectionFactory(cluster(access),
				LettuceClientConfiguration.builder()
					.clientOptions(ClusterClientOptions.builder().topologyRefreshOptions(refresh).build())
					.build());
		factory.afterPropertiesSet();
		factory.start();
		return new TemplateBenchmarkClient(new StringRedisTemplate(factory), factory::destroy);
	}

	private static RedisClusterConfiguration cluster(ClusterAccess access) {
		Set<String> seeds = access.seeds().stream().map(Object::toString).collect(Collectors.toSet());
		return new RedisClusterConfiguration(List.copyOf(seeds));
	}

}
