package io.github.hotplate.topology;

import java.util.List;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Topology}.
 */
class TopologyTests {

	private final Node primary1 = new Node("1", "host", 1);

	private final Node primary2 = new Node("2", "host", 2);

	private final Node replica = new Node("3", "host", 3);

	private final Shard low = new Shard(List.of(new SlotRange(0, 99), new SlotRange(200, 8_191)), this.primary1,
			List.of(this.replica));

	private final Shard high = new Shard(List.of(new SlotRange(8_192, 16_383)), this.primary2, List.of());

	@Test
	void slotsBelongToShards() {
		Topology topology = new Topology(List.of(this.low, this.high));
		assertThat(topology.shardOf(0)).isSameAs(this.low);
		assertThat(topology.shardOf(99)).isSameAs(this.low);
		assertThat(topology.shardOf(8_191)).isSameAs(this.low);
		assertThat(topology.shardOf(8_192)).isSameAs(this.high);
		assertThat(topology.shardOf(16_383)).isSameAs(this.high);
	}

	@Test
	void slotsInHoleBelongToNone() {
		Topology topology = new Topology(List.of(this.low, this.high));
		assertThat(topology.shardOf(100)).isNull();
		assertThat(topology.shardOf(199)).isNull();
		assertThat(topology.coveredSlots()).isEqualTo(16_384 - 100);
		assertThat(topology.isComplete()).isFalse();
	}

	@Test
	void topologyWithoutHoleIsComplete() {
		Shard all = new Shard(List.of(new SlotRange(0, 16_383)), this.primary1, List.of());
		assertThat(new Topology(List.of(all)).isComplete()).isTrue();
	}

	@Test
	void onePrimaryServesAllSlots() {
		Topology topology = Topology.of(this.primary1, List.of(this.replica));
		assertThat(topology.shards()).singleElement()
			.isEqualTo(topology.shardOf(0))
			.isEqualTo(topology.shardOf(16_383));
		assertThat(topology.nodes()).containsExactlyInAnyOrder(this.primary1, this.replica);
		assertThat(topology.isComplete()).isTrue();
	}

	@Test
	void knowsItsNodesByAddress() {
		Topology topology = new Topology(List.of(this.low, this.high));
		assertThat(topology.contains(this.primary2.address())).isTrue();
		assertThat(topology.contains(this.replica.address())).isTrue();
		assertThat(topology.contains(new HostAndPort("host", 4))).isFalse();
	}

	@Test
	void shardsAreInOrderOfTheirSlots() {
		assertThat(new Topology(List.of(this.high, this.low)).shards()).containsExactly(this.low, this.high);
	}

	@Test
	void nodesArePrimariesAndReplicas() {
		assertThat(new Topology(List.of(this.low, this.high)).nodes()).containsExactlyInAnyOrder(this.primary1,
				this.primary2, this.replica);
	}

	@Test
	void emptyTopologyServesNothing() {
		assertThat(Topology.EMPTY.shards()).isEmpty();
		assertThat(Topology.EMPTY.nodes()).isEmpty();
		assertThat(Topology.EMPTY.coveredSlots()).isZero();
		assertThat(Topology.EMPTY.shardOf(0)).isNull();
	}

}
