package io.github.hotplate.test;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.exceptions.JedisConnectionException;

import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link EmbeddedRedisCluster}.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class EmbeddedRedisClusterIntegrationTests {

	private static final Duration FAILOVER_TIMEOUT = Duration.ofSeconds(60);

	private static EmbeddedRedisCluster cluster;

	@BeforeEach
	void heal() {
		cluster.awaitHealthy();
		cluster.flush();
	}

	@Test
	void urlNamesAllNodes() {
		assertThat(cluster.url()).matches("redis://127\\.0\\.0\\.1:\\d+(,127\\.0\\.0\\.1:\\d+){5}");
		assertThat(cluster.nodes()).allSatisfy((node) -> assertThat(cluster.url()).contains(node.toString()));
	}

	@Test
	void everyNodeShowsThreePrimariesWithOneReplicaEach() {
		assertThat(cluster.nodes()).hasSize(6).allSatisfy((node) -> {
			SlotMap map = SlotMap.of(node);
			assertThat(map.covered()).isEqualTo(SlotMap.SLOTS);
			assertThat(map.ranges()).extracting(SlotMap.Range::primary).containsOnlyOnceElementsOf(primaryPorts());
			assertThat(map.ranges()).allSatisfy((range) -> assertThat(range.replicas()).hasSize(1));
		});
	}

	private static List<Integer> primaryPorts() {
		return cluster.nodes()
			.stream()
			.filter((node) -> ReplicationRole.of(node).isPrimary())
			.map(RedisNode::port)
			.toList();
	}

	@Test
	void nodesHaveTheirClusterIds() {
		assertThat(cluster.nodes())
			.allSatisfy((node) -> assertThat(node.execute("CLUSTER", "MYID")).isEqualTo(node.id()));
	}

	@Test
	void primaryOfKeyServesIt() {
		RedisNode primary = cluster.primaryOf("key");
		assertThat(primary.execute("SET", "key", "value")).isEqualTo("OK");
		assertThat(cluster.primaryOfSlot(slotOf("key"))).isSameAs(primary);
	}

	@Test
	void flushEmptiesReplicasToo() {
		RedisNode primary = cluster.primaryOf("key");
		RedisNode replica = cluster.replicasOf(primary).get(0);
		primary.execute("SET", "key", "value");
		await().until(() -> Objects.equals(replica.execute("DBSIZE"), 1L));
		cluster.flush();
		assertThat(primary.execute("DBSIZE")).isEqualTo(0L);
		assertThat(replica.execute("DBSIZE")).isEqualTo(0L);
	}

	@Test
	void killedPrimaryIsReplacedAndComesBackAsReplica() {
		RedisNode killed = cluster.primaryOf("key");
		killed.execute("SET", "key", "value");
		killed.kill();
		assertThat(killed.isRunning()).isFalse();
		assertThatExceptionOfType(JedisConnectionException.class).isThrownBy(() -> killed.execute("PING"));
		await().atMost(FAILOVER_TIMEOUT).until(() -> cluster.primaryOf("key") != killed);
		cluster.awaitHealthy();
		assertThat(killed.isRunning()).isTrue();
		assertThat(cluster.replicasOf(cluster.primaryOf("key"))).containsExactly(killed);
		assertThat(cluster.primaryOf("key").execute("GET", "key")).isEqualTo("value");
	}

	@Test
	void pausedPrimaryIsReplacedAndComesBackAsReplica() {
		RedisNode paused = cluster.primaryOf("key");
		paused.pause();
		assertThat(paused.isRunning()).isFalse();
		await().atMost(FAILOVER_TIMEOUT).until(() -> cluster.primaryOf("key") != paused);
		cluster.awaitHealthy();
		assertThat(paused.isRunning()).isTrue();
		assertThat(cluster.replicasOf(cluster.primaryOf("key"))).containsExactly(paused);
	}

	@Test
	void resumedNodeAnswersWithItsData() {
		RedisNode node = cluster.primaryOf("key");
		node.execute("SET", "key", "value");
		node.pause();
		node.resume();
		assertThat(node.isRunning()).isTrue();
		assertThat(node.execute("GET", "key")).isEqualTo("value");
	}

	@Test
	void pausedNodeCanBeKilled() {
		RedisNode node = cluster.replicasOf(cluster.primaryOf("key")).get(0);
		node.pause();
		node.kill();
		assertThat(node.isRunning()).isFalse();
		assertThatIllegalStateException().isThrownBy(node::resume)
			.withMessage("redis-server on %s has ended: call restart()", node);
	}

	@Test
	void failOverPromotesTheReplicaWithoutLosingData() {
		RedisNode primary = cluster.primaryOf("key");
		RedisNode replica = cluster.replicasOf(primary).get(0);
		primary.execute("SET", "key", "value");
		cluster.failOver(replica);
		assertThat(cluster.primaryOf("key")).isSameAs(replica);
		assertThat(replica.execute("GET", "key")).isEqualTo("value");
		assertThatIllegalArgumentException().isThrownBy(() -> cluster.failOver(replica))
			.withMessage(replica + " is a primary already");
	}

	@Test
	void failOverWorksWithoutThePrimary() {
		RedisNode primary = cluster.primaryOf("key");
		RedisNode replica = cluster.replicasOf(primary).get(0);
		primary.kill();
		cluster.failOver(replica);
		assertThat(cluster.primaryOf("key")).isSameAs(replica);
	}

	@Test
	void migrateSlotsMovesKeysAndOwnership() {
		int slot = slotOf("{tag}");
		RedisNode from = cluster.primaryOfSlot(slot);
		RedisNode to = cluster.primaryOfSlot((slot + SlotMap.SLOTS / 2) % SlotMap.SLOTS);
		assertThat(to).isNotSameAs(from);
		IntStream.range(0, 250).forEach((i) -> from.execute("SET", "{tag}" + i, "value " + i));
		cluster.migrateSlots(from, to, slot, slot);
		assertThat(cluster.primaryOfSlot(slot)).isSameAs(to);
		assertThat(to.execute("CLUSTER", "COUNTKEYSINSLOT", Integer.toString(slot))).isEqualTo(250L);
		assertThat(to.execute("GET", "{tag}249")).isEqualTo("value 249");
		assertThat(from.execute("DBSIZE")).isEqualTo(0L);
		cluster.migrateSlots(to, from, slot, slot);
		assertThat(cluster.primaryOfSlot(slot)).isSameAs(from);
	}

	@Test
	void awaitHealthyEndsAMigrationThatWasLeft() {
		int slot = slotOf("key");
		RedisNode from = cluster.primaryOfSlot(slot);
		RedisNode to = cluster.primaryOfSlot((slot + SlotMap.SLOTS / 2) % SlotMap.SLOTS);
		from.execute("CLUSTER", "SETSLOT", Integer.toString(slot), "MIGRATING", to.id());
		assertThat(from.execute("CLUSTER", "NODES").toString()).contains("[" + slot + "->-");
		cluster.awaitHealthy();
		assertThat(from.execute("CLUSTER", "NODES").toString()).doesNotContain("[");
	}

	private static int slotOf(String key) {
		return Integer.parseInt(String.valueOf(cluster.nodes().get(0).execute("CLUSTER", "KEYSLOT", key)));
	}

}
