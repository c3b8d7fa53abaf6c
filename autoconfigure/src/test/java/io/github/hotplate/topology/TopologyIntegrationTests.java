package io.github.hotplate.topology;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.client.Internals;
import io.github.hotplate.client.TestClient;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The nodes of a cluster are found, however they are announced.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class TopologyIntegrationTests {

	private static final String KEY = "a";

	private static EmbeddedRedisCluster cluster;

	@AfterEach
	void announceAddresses() {
		announce("ip", "");
	}

	@Test
	void deadSeedIsPassedOver() {
		// No server ever listens on port 1.
		try (TestClient client = TestClient.start("redis://127.0.0.1:1," + cluster.nodes().get(0))) {
			assertThat(client.pool().topology().nodes()).hasSize(6);
			client.redis().opsForValue().set(KEY, "value");
			assertThat(client.redis().opsForValue().get(KEY)).isEqualTo("value");
		}
	}

	@ParameterizedTest
	@CsvSource({ "ip, '', 127.0.0.1", "hostname, localhost, localhost", "unknown-endpoint, '', 127.0.0.1" })
	void nodesAreFoundAndRedirectionsFollowed(String preferredEndpoint, String hostname, String expected) {
		announce(preferredEndpoint, hostname);
		CommandObjects jedis = new CommandObjects();
		RedisNode other = cluster.nodes()
			.stream()
			.filter((node) -> !node.equals(cluster.primaryOf(KEY)))
			.findFirst()
			.orElseThrow();
		try (TestClient client = TestClient.start("redis://" + cluster.nodes().get(0))) {
			assertThat(client.pool().topology().nodes()).hasSize(6).extracting(Node::host).containsOnly(expected);
			client.redis().opsForValue().set(KEY, "value");
			CommandObject<String> astray = new NodeBoundCommand<>(jedis.get(KEY),
					new HostAndPort(expected, other.port()));
			assertThat(Internals.router(client.pool()).executeCommand(astray)).isEqualTo("value");
			assertThat(Internals.router(client.pool()).executeCommand(new PipelineCommand("", List.of(astray))))
				.containsExactly("value".getBytes(StandardCharsets.UTF_8));
		}
	}

	private static boolean knowsHostname(RedisNode node, String hostname) {
		return String.valueOf(node.execute("CLUSTER", "NODES"))
			.lines()
			.map((line) -> line.split(" ")[1])
			.allMatch((address) -> address.endsWith("," + hostname) || (hostname.isEmpty() && !address.contains(",")));
	}

	private static void announce(String preferredEndpoint, String hostname) {
		for (RedisNode node : cluster.nodes()) {
			node.execute("CONFIG", "SET", "cluster-announce-hostname", hostname);
			node.execute("CONFIG", "SET", "cluster-preferred-endpoint-type", preferredEndpoint);
		}
		// The nodes tell each other.
		Awaitility.await().until(() -> cluster.nodes().stream().allMatch((node) -> knowsHostname(node, hostname)));
	}

}
