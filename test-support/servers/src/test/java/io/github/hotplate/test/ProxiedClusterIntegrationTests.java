package io.github.hotplate.test;

import java.util.Map;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

import static org.assertj.core.api.Assertions.assertThat;

class ProxiedClusterIntegrationTests {

	@Test
	void clientsReachNodesThroughTheirProxies() {
		try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().proxied(true).start();
				RedisClusterClient client = RedisClusterClient
					.create(new HostAndPort("127.0.0.1", cluster.proxyOf(cluster.nodes().get(0)).port()))) {
			client.set("key", "value");
			assertThat(client.get("key")).isEqualTo("value");
			Map<String, ?> pools = client.getClusterNodes();
			assertThat(pools.keySet()).containsExactlyInAnyOrderElementsOf(
					cluster.nodes().stream().map(cluster::proxyOf).map(FaultProxy::toString).toList());
			RedisNode primary = cluster.primaryOf("key");
			RedisNode replica = cluster.replicasOf(primary).get(0);
			cluster.failOver(replica);
			assertThat(cluster.primaryOf("key")).isSameAs(replica);
			cluster.awaitHealthy();
		}
	}

}
