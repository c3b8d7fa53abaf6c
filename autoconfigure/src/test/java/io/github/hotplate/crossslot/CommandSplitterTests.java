package io.github.hotplate.crossslot;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;

import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.Commands;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.PrimariesCommand;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.topology.ShardSlots;
import io.github.hotplate.topology.TestTopology;
import io.github.hotplate.topology.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CommandSplitter}.
 */
class CommandSplitterTests {

	private final CommandObjects jedis = new CommandObjects();

	private final CommandSplitter splitter = new CommandSplitter("foo", KeySlots.CLUSTER,
			() -> TestTopology.ofPrimaries(3), () -> {
			});

	@Test
	void commandForOneNodeIsLeftAlone() {
		assertThat(this.splitter.split(this.jedis.get("a"))).isNull();
		assertThat(this.splitter.split(this.jedis.mget("{a}1", "{a}2"))).isNull();
		assertThat(this.splitter.split(this.jedis.del("a"))).isNull();
		assertThat(this.splitter.split(this.jedis.rename("a", "b"))).isNull();
	}

	@Test
	void commandPinnedToNodeIsLeftAlone() {
		assertThat(this.splitter.split(new NodeBoundCommand<>(this.jedis.mget("a", "b"), TestTopology.address(1))))
			.isNull();
		assertThat(this.splitter.split(new NodeBoundCommand<>(this.jedis.dbSize(), TestTopology.address(1)))).isNull();
	}

	@Test
	void commandWithoutMarkedKeysIsLeftAlone() {
		assertThat(this.splitter.split(Commands.command("MGET a b"))).isNull();
	}

	@Test
	void nothingIsSplitWhereAllKeysAreTogether() {
		CommandSplitter single = new CommandSplitter("foo", KeySlots.SINGLE, () -> TestTopology.ofPrimaries(1), () -> {
		});
		assertThat(single.split(this.jedis.mget("a", "b", "c"))).isNull();
		assertThat(isStepwise(single, this.jedis.rename("a", "b"))).isFalse();
	}

	@Test
	void messageIsPublishedWhereverSomebodyMayHaveSubscribed() {
		CommandObject<Long> publish = this.jedis.publish("news", "hello");
		assertThat(this.splitter.split(publish)).isNull();
		CommandSplitter sharded = new CommandSplitter("foo",
				new ShardSlots(List.of(TestTopology.address(0), TestTopology.address(1), TestTopology.address(2))),
				() -> TestTopology.ofPrimaries(3), () -> {
				});
		CommandParts parts = Objects.requireNonNull(sharded.split(publish));
		assertThat(parts.commands()).hasSize(3);
		RuntimeException down = new NodeUnreachableException("down", null);
		assertThat(parts.reply(List.of(2L, down, 3L))).isEqualTo(5L);
		assertThat(parts.reply(List.of(down, down, down))).isSameAs(down);
		assertThat(sharded.split(new NodeBoundCommand<>(publish, TestTopology.address(1)))).isNull();
	}

	@Test
	void commandOfSeveralKeysIsSplitBySlot() {
		assertThat(PartLines.lines(split(this.jedis.mget("{a}1", "b", "{a}2"))))
			.containsExactlyInAnyOrder("MGET {a}1 {a}2", "MGET b");
		assertThat(PartLines.lines(split(this.jedis.mset("a", "1", "b", "2")))).containsExactlyInAnyOrder("MSET a 1",
				"MSET b 2");
		assertThat(split(this.jedis.del("a", "b")).reply(List.of(1L, 1L))).isEqualTo(2L);
	}

	@Test
	void setsAreFetchedToBeCombined() {
		assertThat(PartLines.lines(split(this.jedis.sunion("a", "b")))).containsExactly("SMEMBERS a", "SMEMBERS b");
		assertThat(PartLines.lines(split(this.jedis.sinter("a", "b")))).containsExactly("SMEMBERS a", "SMEMBERS b");
		assertThat(PartLines.lines(split(this.jedis.sdiff("a", "b")))).containsExactly("SMEMBERS a", "SMEMBERS b");
		assertThat(PartLines.lines(split(this.jedis.sintercard("a", "b")))).containsExactly("SMEMBERS a", "SMEMBERS b");
	}

	@Test
	void nodesAreCounted() {
		assertThat(this.splitter.nodes(split(this.jedis.mget("a", "b", "c", "d", "e", "f", "g")))).isEqualTo(3);
		assertThat(this.splitter.nodes(split(this.jedis.dbSize()))).isEqualTo(3);
		assertThat(this.splitter.nodes(List.of("{a}1", "{a}2", "b"))).isEqualTo(2);
	}

	@Test
	void commandThatOneNodeIsToRunGoesToEveryPrimary() {
		CommandParts parts = split(Commands.command("SCRIPT KILL"));
		JedisDataException idle = new JedisDataException("NOTBUSY No scripts in execution right now.");
		assertThat(PartLines.lines(parts)).hasSize(3);
		assertThat(parts.reply(List.of(idle, "OK", idle))).isEqualTo("OK");
	}

	@Test
	void commandForAllShardsGoesToEveryPrimary() {
		CommandParts parts = split(this.jedis.dbSize());
		assertThat(PartLines.lines(parts)).containsExactly("1: DBSIZE", "2: DBSIZE", "3: DBSIZE");
		assertThat(parts.reply(List.of(1L, 2L, 3L))).isEqualTo(6L);
	}

	@Test
	void commandForAllNodesGoesToReplicasToo() {
		CommandSplitter withReplica = new CommandSplitter("foo", KeySlots.CLUSTER,
				() -> new Topology(List.of(TestTopology.shard(1, 2))), () -> {
				});
		assertThat(PartLines.lines(withReplica.split(Commands.command("CONFIG SET a b"))))
			.containsExactlyInAnyOrder("1: CONFIG SET a b", "2: CONFIG SET a b");
		assertThat(PartLines.lines(withReplica.split(Commands.command("DBSIZE")))).containsExactly("1: DBSIZE");
	}

	@Test
	void commandForPrimariesTellsItsRepliesApart() {
		CommandParts parts = split(new PrimariesCommand(Commands.arguments("INFO server")));
		assertThat(PartLines.lines(parts)).containsExactly("1: INFO server", "2: INFO server", "3: INFO server");
		assertThat(parts.reply(List.of("a", "b", "c"))).isEqualTo(
				Map.of(TestTopology.address(1), "a", TestTopology.address(2), "b", TestTopology.address(3), "c"));
	}

	@Test
	void scanGoesToOneNodeAfterTheOther() {
		assertThat(PartLines.lines(split(this.jedis.scan("0", new ScanParams().count(10)))))
			.containsExactly("1: CLUSTER NODES", "1: SCAN 0 COUNT 10");
	}

	@Test
	void scanSkipsNoShardThatFailsOverMeanwhile() {
		Topology failedOver = new Topology(List.of(TestTopology.shard(4)));
		Iterator<Topology> topologies = List.of(TestTopology.ofPrimaries(3), failedOver).iterator();
		CommandSplitter late = new CommandSplitter("foo", KeySlots.CLUSTER, topologies::next, () -> {
		});
		assertThat(PartLines.lines(late.split(Commands.command("SCAN 0")))).containsExactly("1: CLUSTER NODES",
				"1: SCAN 0");
	}

	@Test
	void clusterNeverReachedIsDown() {
		CommandSplitter unconnected = new CommandSplitter("foo", KeySlots.CLUSTER, () -> Topology.EMPTY, () -> {
		});
		assertThatExceptionOfType(ClusterDownException.class).isThrownBy(() -> unconnected.split(this.jedis.dbSize()))
			.withMessageContaining("'foo'");
	}

	private CommandParts split(CommandObject<?> command) {
		return Objects.requireNonNull(this.splitter.split(command));
	}

	private static boolean isStepwise(CommandSplitter splitter, CommandObject<?> command) {
		return splitter.isStepwise(command, CommandSpecs.of(command.getArguments()));
	}

}
