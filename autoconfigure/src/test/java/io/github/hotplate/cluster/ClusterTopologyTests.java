package io.github.hotplate.cluster;

import java.util.List;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClusterTopology}.
 */
class ClusterTopologyTests {

	private final ClusterNode primary1 = new ClusterNode("1", "host", 1);

	private final ClusterNode primary2 = new ClusterNode("2", "host", 2);

	private final ClusterNode replica = new ClusterNode("3", "host", 3);

	private final Shard low = new Shard(List.of(new SlotRange(0, 99), new SlotRange(200, 8_191)), this.primary1,
			List.of(this.replica));

	private final Shard high = new Shard(List.of(new SlotRange(8_192, 16_383)), this.primary2, List.of());

	@Test
	void slotsBelongToShards() {
		ClusterTopology topology = new ClusterTopology(List.of(this.low, this.high));
		assertThat(topology.shardOf(0)).isSameAs(this.low);
		assertThat(topology.shardOf(99)).isSameAs(this.low);
		assertThat(topology.shardOf(8_191)).isSameAs(this.low);
		assertThat(topology.shardOf(8_192)).isSameAs(this.high);
		assertThat(topology.shardOf(16_383)).isSameAs(this.high);
	}

	@Test
	void slotsInHoleBelongToNone() {
		ClusterTopology topology = new ClusterTopology(List.of(this.low, this.high));
		assertThat(topology.shardOf(100)).isNull();
		assertThat(topology.shardOf(199)).isNull();
		assertThat(topology.coveredSlots()).isEqualTo(16_384 - 100);
		assertThat(topology.isComplete()).isFalse();
	}

	@Test
	void topologyWithoutHoleIsComplete() {
		Shard all = new Shard(List.of(new SlotRange(0, 16_383)), this.primary1, List.of());
		assertThat(new ClusterTopology(List.of(all)).isComplete()).isTrue();
	}

	@Test
	void onePrimaryServesAllSlots() {
		ClusterTopology topology = ClusterTopology.of(this.primary1, List.of(this.replica));
		assertThat(topology.shards()).singleElement()
			.isEqualTo(topology.shardOf(0))
			.isEqualTo(topology.shardOf(16_383));
		assertThat(topology.nodes()).containsExactlyInAnyOrder(this.primary1, this.replica);
		assertThat(topology.isComplete()).isTrue();
	}

	@Test
	void knowsItsNodesByAddress() {
		ClusterTopology topology = new ClusterTopology(List.of(this.low, this.high));
		assertThat(topology.contains(this.primary2.address())).isTrue();
		assertThat(topology.contains(this.replica.address())).isTrue();
		assertThat(topology.contains(new HostAndPort("host", 4))).isFalse();
	}

	@Test
	void shardsAreInOrderOfTheirSlots() {
		assertThat(new ClusterTopology(List.of(this.high, this.low)).shards()).containsExactly(this.low, this.high);
	}

	@Test
	void nodesArePrimariesAndReplicas() {
		assertThat(new ClusterTopology(List.of(this.low, this.high)).nodes()).containsExactlyInAnyOrder(this.primary1,
				this.primary2, this.replica);
	}

	@Test
	void emptyTopologyServesNothing() {
		assertThat(ClusterTopology.EMPTY.shards()).isEmpty();
		assertThat(ClusterTopology.EMPTY.nodes()).isEmpty();
		assertThat(ClusterTopology.EMPTY.coveredSlots()).isZero();
		assertThat(ClusterTopology.EMPTY.shardOf(0)).isNull();
	}

}
