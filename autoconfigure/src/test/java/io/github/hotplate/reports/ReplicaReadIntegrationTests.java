package io.github.hotplate.reports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.routing.NodeStatistics;
import io.github.hotplate.routing.UnservedSlot;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Reads from replicas while something is wrong.
 */
@ExtendWith({ EmbeddedRedisExtension.class, OutputCaptureExtension.class })
class ReplicaReadIntegrationTests {

	/**
	 * The common pool has too few threads for reads that wait.
	 */
	private static final Executor ON_NEW_THREAD = (task) -> new Thread(task, "reader").start();

	private static final String USER = "reader";

	/**
	 * All of one slot.
	 */
	private static final List<String> KEYS = IntStream.range(0, 200).mapToObj((i) -> "{moving}:" + i).toList();

	private static EmbeddedRedisCluster cluster;

	@AfterEach
	void heal() {
		cluster.nodes().forEach((node) -> node.execute("ACL", "DELUSER", USER));
		cluster.awaitHealthy();
		cluster.flush();
	}

	@Test
	@Report("replica reads while a slot moves")
	void keysOfMovingSlotAreFound() {
		int slot = CommandKeys.slot(KEYS.get(0));
		RedisNode from = cluster.primaryOfSlot(slot);
		RedisNode to = cluster.primaryOfSlot((slot + 8_000) % 16_384);
		try (TestClient client = startAndFill("read_preference=replica")) {
			StringRedisTemplate redis = client.redis();
			beginMigration(from, to, slot, KEYS.subList(0, 100));
			// Replicas cannot tell, so it takes until the primaries were asked.
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> missing(redis) == 0);
			assertThat(missing(redis)).isZero();
			assertThat(redis.executePipelined((RedisCallback<?>) (connection) -> {
				KEYS.forEach((key) -> connection.stringCommands().get(key.getBytes(StandardCharsets.UTF_8)));
				return null;
			})).doesNotContainNull();
			cluster.migrateSlots(from, to, slot, slot);
			assertThat(missing(redis)).isZero();
		}
		cluster.migrateSlots(to, from, slot, slot);
	}

	@Test
	@Report("replica reads while a slot moves")
	void redirectionTellsThatSlotsMove() {
		int slot = CommandKeys.slot(KEYS.get(0));
		RedisNode from = cluster.primaryOfSlot(slot);
		RedisNode to = cluster.primaryOfSlot((slot + 8_000) % 16_384);
		try (TestClient client = startAndFill("read_preference=replica")) {
			beginMigration(from, to, slot, KEYS.subList(0, 100));
			client.redis().opsForValue().set(KEYS.get(0), "new");
			assertThat(missing(client.redis())).isZero();
		}
	}

	private static TestClient startAndFill(String... properties) {
		TestClient client = TestClient.start(cluster.url(), properties);
		client.redis()
			.opsForValue()
			.multiSet(KEYS.stream().collect(Collectors.toMap(Function.identity(), (key) -> "value")));
		RedisNode primary = cluster.primaryOf(KEYS.get(0));
		Awaitility.await()
			.until(() -> cluster.replicasOf(primary).stream().allMatch((replica) -> count(replica) == count(primary)));
		return client;
	}

	private static long count(RedisNode node) {
		return (Long) Objects.requireNonNull(node.execute("DBSIZE"));
	}

	private static void beginMigration(RedisNode from, RedisNode to, int slot, List<String> keys) {
		to.execute("CLUSTER", "SETSLOT", String.valueOf(slot), "IMPORTING", from.id());
		from.execute("CLUSTER", "SETSLOT", String.valueOf(slot), "MIGRATING", to.id());
		keys.forEach((key) -> from.execute("MIGRATE", to.host(), String.valueOf(to.port()), key, "0", "5000"));
		RedisNode replica = cluster.replicasOf(from).get(0);
		Awaitility.await().until(() -> count(replica) == count(from));
	}

	private static long missing(StringRedisTemplate redis) {
		return KEYS.stream().filter((key) -> redis.opsForValue().get(key) == null).count();
	}

	@Test
	@Report("replica reads while the cluster is down")
	void readsWaitUntilClusterIsUp() {
		try (TestClient client = startAndFill("read_preference=replica")) {
			List<CompletableFuture<List<String>>> reads;
			try (UnservedSlot slot = UnservedSlot.of(cluster, CommandKeys.slot(KEYS.get(0)) ^ 8_192)) {
				NodeStatistics.reset(cluster.nodes());
				reads = IntStream.range(0, 3)
					.mapToObj((i) -> CompletableFuture
						.supplyAsync(() -> client.redis().opsForValue().multiGet(KEYS.subList(0, 10)), ON_NEW_THREAD))
					.toList();
				Awaitility.await().until(() -> NodeStatistics.errors(cluster.nodes(), "CLUSTERDOWN") > 2);
				Awaitility.await()
					.during(Duration.ofMillis(300))
					.until(() -> reads.stream().noneMatch(CompletableFuture::isDone));
				slot.close();
			}
			assertThat(reads).allSatisfy((read) -> assertThat(read).succeedsWithin(Duration.ofSeconds(10))
				.satisfies((values) -> assertThat(values).containsOnly("value")));
		}
	}

	@Test
	void primaryAnswersWhileReplicaIsBusy() {
		try (TestClient client = startAndFill("read_preference=replica")) {
			RedisNode replica = cluster.replicasOf(cluster.primaryOf(KEYS.get(0))).get(0);
			replica.execute("CONFIG", "SET", "lua-time-limit", "1");
			CompletableFuture<Object> script = CompletableFuture
				.supplyAsync(() -> replica.execute("EVAL", "while true do end", "0"));
			Awaitility.await().until(() -> catchThrowable(() -> replica.execute("PING")) != null);
			try {
				assertThat(KEYS).allMatch((key) -> client.redis().opsForValue().get(key) != null);
				assertThat(client.redis().opsForValue().multiGet(KEYS)).doesNotContainNull();
			}
			finally {
				replica.execute("SCRIPT", "KILL");
			}
			assertThat(script).failsWithin(Duration.ofSeconds(20));
		}
	}

	@Test
	@Report("replica reads without +info")
	void replicasAreReadWithoutRightToAskForInfo(CapturedOutput output) {
		try (TestClient client = startAs("-info")) {
			// A replica that was busy a moment ago has its primary's writes to catch up
			// on.
			Awaitility.await().until(() -> replicaReads(client) > 0);
			assertThat(output).doesNotContain("lacks the right");
		}
	}

	@Test
	@Report("replica reads without +info")
	void missingRightIsNamedOnce(CapturedOutput output) {
		try (TestClient client = startAs("-info", "-role")) {
			Awaitility.await().until(() -> output.toString().contains("grant it +info or +role"));
			awaitCheckOfReplicas("cluster|nodes");
			assertThat(replicaReads(client)).isZero();
			assertThat(output.toString().split("lacks the right", -1)).hasSize(2);
		}
	}

	private static TestClient startAs(String... rights) {
		for (RedisNode node : cluster.nodes()) {
			node.execute("ACL", "SETUSER", USER, "on", ">s3cret", "~*", "&*", "+@all");
			Stream.of(rights).forEach((right) -> node.execute("ACL", "SETUSER", USER, right));
		}
		return startAndFill("username=" + USER, "password=s3cret", "read_preference=replica");
	}

	private static void awaitCheckOfReplicas(String command) {
		NodeStatistics.reset(cluster.nodes());
		Awaitility.await().until(() -> NodeStatistics.calls(cluster.nodes(), command) > 3);
	}

	private static int replicaReads(TestClient client) {
		RedisNode primary = cluster.primaryOf(KEYS.get(0));
		NodeStatistics.reset(cluster.nodes());
		KEYS.forEach((key) -> assertThat(client.redis().opsForValue().get(key)).isEqualTo("value"));
		return NodeStatistics.calls(cluster.replicasOf(primary), "get");
	}

}
