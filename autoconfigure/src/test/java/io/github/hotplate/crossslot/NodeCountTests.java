package io.github.hotplate.crossslot;

import java.util.List;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObjects;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.ResponsePolicy;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.TestTopology;
import io.github.hotplate.topology.Topology;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NodeCount}.
 */
class NodeCountTests {

	private final CommandObjects jedis = new CommandObjects();

	private final NodeCount count = new NodeCount(KeySlots.CLUSTER, TestTopology.ofPrimaries(3));

	@Test
	void nodesOfPartsAreCountedOnce() {
		CommandArguments mget = this.jedis.mget("a", "b", "c", "d", "e", "f", "g").getArguments();
		assertThat(this.count.ofParts(SlotSplit.parts(mget, ResponsePolicy.CONCATENATE, KeySlots.CLUSTER)))
			.isEqualTo(3);
	}

	@Test
	void nodesThatPartsNameAreCounted() {
		List<Shard> primaries = this.count.topology().shards();
		assertThat(this.count
			.ofParts(Broadcast.merged(this.jedis.dbSize().getArguments(), primaries, ResponsePolicy.AGG_SUM)))
			.isEqualTo(3);
	}

	@Test
	void partsWithKeysAreCountedByTheirKeys() {
		CommandArguments sunion = this.jedis.sunion("{a}1", "{a}2", "b").getArguments();
		assertThat(this.count.ofParts(SetAlgebra.parts(sunion, ResponsePolicy.UNION))).isEqualTo(2);
	}

	@Test
	void nodesOfKeysAreCountedOnce() {
		assertThat(this.count.ofKeys(List.of("{a}1", "{a}2", "b"))).isEqualTo(2);
	}

	@Test
	void slotsThatNoNodeServesHaveNoNode() {
		assertThat(new NodeCount(KeySlots.CLUSTER, Topology.EMPTY).ofKeys(List.of("a", "b"))).isZero();
	}

}
