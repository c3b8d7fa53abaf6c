package io.github.hotplate.test.container;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Integration tests for {@link RedisClusterContainer}.
 */
@RequiresDocker
@Testcontainers(disabledWithoutDocker = true)
class RedisClusterContainerIntegrationTests {

	@Container
	private static final RedisClusterContainer container = new RedisClusterContainer();

	@Test
	void readsAndWritesKeysOfEveryPrimary() {
		try (RedisClusterClient client = client(container)) {
			for (int i = 0; i < 100; i++) {
				client.set("key:" + i, "value:" + i);
			}
			for (int i = 0; i < 100; i++) {
				assertThat(client.get("key:" + i)).isEqualTo("value:" + i);
			}
		}
	}

	@Test
	void urlListsEveryNodeAtItsOwnPort() {
		assertThat(container.getPorts()).hasSize(6).doesNotHaveDuplicates().allSatisfy((port) -> {
			HostAndPort node = node(container, port);
			assertThat(container.getUrl()).startsWith("redis://").contains(node.toString());
			try (Jedis jedis = new Jedis(node)) {
				assertThat(jedis.configGet("port")).containsEntry("port", port.toString());
			}
		});
	}

	@Test
	void killNodeRefusesPortThatIsNoNodes() {
		assertThatIllegalArgumentException().isThrownBy(() -> container.killNode(1))
			.withMessageContaining("No node listens on port 1");
	}

	@Test
	void replicaTakesOverFromKilledPrimary() {
		try (RedisClusterContainer degraded = new RedisClusterContainer()) {
			degraded.start();
			try (RedisClusterClient client = client(degraded)) {
				client.set("survivor", "before");
				int killed = degraded.killPrimaryOf("survivor");
				assertThatExceptionOfType(JedisConnectionException.class)
					.isThrownBy(() -> ping(node(degraded, killed)));
				assertThatIllegalStateException().isThrownBy(() -> degraded.killNode(killed));
				Awaitility.await()
					.atMost(Duration.ofSeconds(30))
					.ignoreExceptions()
					.untilAsserted(() -> assertThat(client.set("survivor", "after")).isEqualTo("OK"));
				assertThat(client.get("survivor")).isEqualTo("after");
			}
		}
	}

	private static RedisClusterClient client(RedisClusterContainer cluster) {
		return RedisClusterClient.create(node(cluster, cluster.getPorts().get(0)));
	}

	private static HostAndPort node(RedisClusterContainer cluster, int port) {
		return new HostAndPort(cluster.getHost(), port);
	}

	private static void ping(HostAndPort node) {
		try (Jedis jedis = new Jedis(node)) {
			jedis.ping();
		}
	}

}
