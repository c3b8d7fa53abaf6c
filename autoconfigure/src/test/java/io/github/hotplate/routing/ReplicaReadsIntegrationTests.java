package io.github.hotplate.routing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.Internals;
import io.github.hotplate.client.TestClient;
import io.github.hotplate.pool.PoolUsage;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;
import io.github.hotplate.topology.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replicas answer reads, and only those, as long as they are fit.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class ReplicaReadsIntegrationTests {

	private static final int READS = 1_000;

	private static final Duration SILENCE = Duration.ofMillis(500);

	private static final String KEY = "key";

	private static final List<String> KEYS = IntStream.range(0, 60).mapToObj((i) -> "key:" + i).toList();

	private static EmbeddedRedisCluster cluster;

	private TestClient client;

	private StringRedisTemplate redis;

	private RedisNode primary;

	private RedisNode replica;

	private List<RedisNode> primaries;

	private List<RedisNode> replicas;

	@BeforeEach
	void start() {
		this.primary = cluster.primaryOf(KEY);
		this.replica = cluster.replicasOf(this.primary).get(0);
		this.primaries = IntStream.of(0, 8_000, 16_000).mapToObj(cluster::primaryOfSlot).toList();
		this.replicas = this.primaries.stream().flatMap((node) -> cluster.replicasOf(node).stream()).toList();
		NodeStatistics.reset(cluster.nodes());
		start("read_from_replicas=true");
		this.redis.opsForValue().set(KEY, "value");
		KEYS.forEach((key) -> this.redis.opsForValue().set(key, "value"));
		await().until(() -> keys(this.replicas) == keys(this.primaries));
	}

	private void start(String... properties) {
		this.client = TestClient.start(cluster.url(), properties);
		this.redis = this.client.redis();
	}

	@AfterEach
	void stop() {
		this.client.close();
		cluster.awaitHealthy();
	}

	@Test
	void readsAreSpreadEvenly() {
		read(READS);
		assertThat(calls(this.primary)).isBetween(READS * 4 / 10, READS * 6 / 10);
		assertThat(calls(this.replica)).isEqualTo(READS - calls(this.primary));
	}

	@Test
	void pipelinesAndMultiGetUseReplicas() {
		byte[][] keys = KEYS.stream().map((key) -> key.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
		for (int i = 0; i < 50; i++) {
			assertThat(this.redis.opsForValue().multiGet(KEYS)).containsOnly("value");
			assertThat(this.redis.executePipelined((RedisCallback<?>) (connection) -> {
				for (byte[] key : keys) {
					connection.stringCommands().get(key);
				}
				return null;
			})).containsOnly("value");
		}
		for (String command : List.of("get", "mget")) {
			int atReplicas = NodeStatistics.calls(this.replicas, command);
			int everywhere = atReplicas + NodeStatistics.calls(this.primaries, command);
			assertThat(atReplicas).isBetween(everywhere * 3 / 10, everywhere * 7 / 10);
		}
		assertThat(NodeStatistics.errors(this.replicas, "MOVED")).isZero();
	}

	@Test
	void readOnlyIsSentOncePerConnection() {
		read(READS);
		await().untilAsserted(() -> {
			PoolUsage usage = this.client.pool().totalUsage();
			assertThat(NodeStatistics.calls(cluster.nodes(), "readonly")).isEqualTo(usage.active() + usage.idle());
		});
	}

	@Test
	void writesNeverGoToReplicas() {
		for (int i = 0; i < READS; i++) {
			this.redis.opsForValue().set(KEY, "value");
		}
		assertThat(NodeStatistics.errors(this.replicas, "MOVED")).isZero();
		assertThat(NodeStatistics.errors(this.replicas, "READONLY")).isZero();
	}

	@Test
	void replicasAloneAnswerWhenPreferredUntilTheyDie() {
		this.client.close();
		start("read_preference=replica_preferred");
		read(READS);
		assertThat(calls(this.primary)).isZero();
		this.replica.kill();
		read(READS);
		assertThat(calls(this.primary)).isEqualTo(READS);
		cluster.awaitHealthy();
		awaitReadsAtReplica();
	}

	@Test
	void failedReplicaLosesItsPool() {
		this.client.close();
		start("read_from_replicas=true", "topology_refresh_period=100ms");
		ClusterPool pool = this.client.pool();
		List<Connection> connections = Stream
			.generate(() -> Internals.borrow(pool, new HostAndPort(this.replica.host(), this.replica.port())))
			.limit(3)
			.toList();
		connections.forEach(Connection::close);
		this.replica.pause();
		await().until(() -> pool.usage().size() == 5);
		assertThat(pool.usage().keySet()).extracting(Node::port).doesNotContain(this.replica.port());
		await().until(() -> pool.totalUsage().equals(sum(pool.usage().values())));
		cluster.awaitHealthy();
		await().until(() -> pool.usage().size() == 6);
		awaitReadsAtReplica();
	}

	@Test
	void pausedReplicaIsSkipped() {
		this.client.close();
		start("read_from_replicas=true", "socket_timeout=" + SILENCE, "topology_refresh_period=1s");
		awaitReadsAtReplica();
		this.replica.pause();
		int slow = 0;
		for (int i = 0; i < READS; i++) {
			long start = System.nanoTime();
			read(1);
			slow += (System.nanoTime() - start < SILENCE.toNanos()) ? 0 : 1;
		}
		// One read meets the silence, and the machine may be slow for others. If they did
		// not know, every second would wait until the cluster has given up the replica.
		assertThat(slow).isBetween(1, READS / 100);
		this.replica.resume();
		awaitReadsAtReplica();
	}

	@Test
	void replicaCutOffFromPrimaryIsSkipped() {
		cutOff(() -> {
			await().until(() -> {
				NodeStatistics.reset(List.of(this.replica));
				IntStream.range(0, 50).forEach((i) -> this.redis.opsForValue().get(KEY));
				return calls(this.replica) == 0;
			});
			read("new", READS);
			assertThat(calls(this.replica)).isZero();
		});
		awaitReadsAtReplica();
	}

	@Test
	void replicaThatRefusesWhileCutOffIsSkipped() {
		this.client.close();
		start("read_from_replicas=true", "retry.max_attempts=1");
		this.replica.execute("CONFIG", "SET", "replica-serve-stale-data", "no");
		try {
			cutOff(() -> read("new", READS));
		}
		finally {
			this.replica.execute("CONFIG", "SET", "replica-serve-stale-data", "yes");
		}
	}

	/**
	 * Break the link of the replica to its primary, which Redis mends by itself within a
	 * second unless the primary refuses.
	 */
	private void cutOff(Runnable test) {
		this.primary.execute("ACL", "SETUSER", "default", "-psync", "-sync");
		try {
			this.primary.execute("CLIENT", "KILL", "TYPE", "REPLICA");
			await().until(() -> String.valueOf(this.replica.execute("INFO", "replication"))
				.contains("master_link_status:down"));
			this.redis.opsForValue().set(KEY, "new");
			test.run();
		}
		finally {
			this.primary.execute("ACL", "SETUSER", "default", "+psync");
			// Not before: a replica whose PSYNC is refused tries SYNC, after which
			// Redis lets a replica acknowledge nothing.
			await().until(() -> String.valueOf(this.replica.execute("INFO", "replication"))
				.contains("master_link_status:up"));
			this.primary.execute("ACL", "SETUSER", "default", "+sync");
		}
	}

	private void read(int times) {
		read("value", times);
	}

	private void read(String expected, int times) {
		for (int i = 0; i < times; i++) {
			assertThat(this.redis.opsForValue().get(KEY)).isEqualTo(expected);
		}
	}

	private void awaitReadsAtReplica() {
		int before = calls(this.replica);
		await().until(() -> {
			this.redis.opsForValue().get(KEY);
			return calls(this.replica) > before;
		});
	}

	private static PoolUsage sum(Collection<PoolUsage> usages) {
		return usages.stream().reduce(new PoolUsage(0, 0), PoolUsage::plus);
	}

	private static int calls(RedisNode node) {
		return NodeStatistics.calls(List.of(node), "get");
	}

	private static long keys(List<RedisNode> nodes) {
		return nodes.stream().mapToLong((node) -> (Long) Objects.requireNonNull(node.execute("DBSIZE"))).sum();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
	}

}
