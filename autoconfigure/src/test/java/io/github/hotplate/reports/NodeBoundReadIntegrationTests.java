package io.github.hotplate.reports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands that Redis flags as reads, though it matters which node runs them.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class NodeBoundReadIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private TestClient client;

	private StringRedisTemplate redis;

	@BeforeEach
	void start() {
		cluster.flush();
		this.client = TestClient.start(cluster.url(), "read_preference=replica");
		this.redis = this.client.redis();
	}

	@AfterEach
	void stop() {
		this.client.close();
	}

	@Test
	@Report("EVALSHA_RO on replicas")
	void scriptThatReplicasDoNotHaveRunsOnPrimary() {
		this.redis.opsForValue().set("key", "value");
		awaitReplication("key");
		List<Object> replies = new ArrayList<>();
		this.redis.execute((RedisCallback<?>) (connection) -> {
			String sha = connection.scriptingCommands().scriptLoad(bytes("return redis.call('GET', KEYS[1])"));
			IntStream.range(0, 10).forEach((i) -> replies.add(evaluate(connection, sha)));
			connection.openPipeline();
			IntStream.range(0, 10).forEach((i) -> evaluate(connection, sha));
			replies.addAll(connection.closePipeline());
			return null;
		});
		assertThat(replies).hasSize(20).allSatisfy((reply) -> assertThat((byte[]) reply).asString().isEqualTo("value"));
	}

	private static Object evaluate(RedisConnection connection, String sha) {
		return connection.execute("EVALSHA_RO", bytes(sha), bytes("1"), bytes("key"));
	}

	@Test
	@Report("TOUCH on a replica")
	void whatIsAboutTheNodeIsAskedOnPrimary() {
		List<String> keys = IntStream.range(0, 20).mapToObj((i) -> "key:" + i).toList();
		keys.forEach((key) -> this.redis.opsForValue().set(key, "value"));
		cluster.nodes().forEach((node) -> node.execute("CONFIG", "RESETSTAT"));
		this.redis.countExistingKeys(keys);
		this.redis.execute((RedisCallback<?>) (connection) -> {
			keys.forEach((key) -> {
				connection.keyCommands().touch(bytes(key));
				connection.keyCommands().idletime(bytes(key));
				connection.execute("MEMORY", bytes("USAGE"), bytes(key));
			});
			return connection.keyCommands()
				.touch(keys.stream().map(NodeBoundReadIntegrationTests::bytes).toArray(byte[][]::new));
		});
		List<RedisNode> replicas = IntStream.of(0, 8_000, 16_000)
			.mapToObj(cluster::primaryOfSlot)
			.flatMap((primary) -> cluster.replicasOf(primary).stream())
			.toList();
		assertThat(replicas).allSatisfy((replica) -> assertThat(String.valueOf(replica.execute("INFO", "commandstats")))
			.contains("cmdstat_exists:")
			.doesNotContain("cmdstat_touch:", "cmdstat_object|idletime:", "cmdstat_memory|usage:"));
	}

	@Test
	@Report("RANDOMKEY from one shard")
	void everyKeyMayBeTheRandomOne() {
		Set<String> keys = new HashSet<>(IntStream.range(0, 12).mapToObj((i) -> "key:" + i).toList());
		keys.forEach((key) -> this.redis.opsForValue().set(key, "value"));
		Set<String> drawn = new HashSet<>();
		for (int i = 0; i < 1_000 && drawn.size() < keys.size(); i++) {
			drawn.add(this.redis.randomKey());
		}
		assertThat(drawn).isEqualTo(keys);
	}

	@Test
	@Report("order in long pipelines")
	void pipelineReadsItsOwnWrites() {
		for (int i = 0; i < 100; i++) {
			byte[] value = bytes(String.valueOf(i));
			List<Object> replies = this.redis.executePipelined((RedisCallback<?>) (connection) -> {
				connection.stringCommands().get(bytes("key"));
				connection.stringCommands().set(bytes("key"), value);
				connection.stringCommands().get(bytes("key"));
				return null;
			});
			assertThat(replies).containsExactly((i == 0) ? null : String.valueOf(i - 1), true, String.valueOf(i));
		}
	}

	private void awaitReplication(String key) {
		RedisNode replica = cluster.replicasOf(cluster.primaryOf(key)).get(0);
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> String.valueOf(replica.execute("DBSIZE")).equals("1"));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
