package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.ScanParams;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.Commands;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.PrimariesCommand;
import io.github.hotplate.command.SplitPart;
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
			() -> TestTopology.ofPrimaries(3));

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
	void mgetIsOneCommandForEachSlot() {
		assertThat(lines(split(this.jedis.mget("{a}1", "b", "{a}2", "c")))).containsExactlyInAnyOrder("MGET {a}1 {a}2",
				"MGET b", "MGET c");
	}

	@Test
	void slotsMayBeHashesOfEitherSign() {
		Map<String, Integer> hashes = Map.of("a", -948_991_206, "b", 879_894_196, "c", -948_991_206, "d", -1);
		CommandSplitter byHash = new CommandSplitter("foo", (key) -> hashes.get(CommandKeys.text(key)),
				() -> TestTopology.ofPrimaries(3));
		CommandParts parts = Objects.requireNonNull(byHash.split(this.jedis.mget("a", "b", "c", "d")));
		assertThat(lines(parts)).containsExactlyInAnyOrder("MGET a c", "MGET b", "MGET d");
		assertThat(parts.commands()).extracting((part) -> ((SplitPart) part).slot())
			.containsExactlyInAnyOrder(-948_991_206, 879_894_196, -1);
	}

	@Test
	void nothingIsSplitWhereAllKeysAreTogether() {
		CommandSplitter single = new CommandSplitter("foo", KeySlots.SINGLE, () -> TestTopology.ofPrimaries(1));
		assertThat(single.split(this.jedis.mget("a", "b", "c"))).isNull();
		CommandObject<String> rename = this.jedis.rename("a", "b");
		assertThat(single.isStepwise(rename, CommandSpecs.of(rename.getArguments()))).isFalse();
	}

	@Test
	void messageIsPublishedWhereverSomebodyMayHaveSubscribed() {
		CommandObject<Long> publish = this.jedis.publish("news", "hello");
		assertThat(this.splitter.split(publish)).isNull();
		CommandSplitter sharded = new CommandSplitter("foo",
				new ShardSlots(List.of(TestTopology.address(0), TestTopology.address(1), TestTopology.address(2))),
				() -> TestTopology.ofPrimaries(3));
		CommandParts parts = Objects.requireNonNull(sharded.split(publish));
		assertThat(parts.commands()).hasSize(3);
		RuntimeException down = new NodeUnreachableException("down", null);
		assertThat(parts.reply(List.of(2L, down, 3L))).isEqualTo(5L);
		assertThat(parts.reply(List.of(down, down, down))).isSameAs(down);
		assertThat(sharded.split(new NodeBoundCommand<>(publish, TestTopology.address(1)))).isNull();
	}

	@Test
	void mgetOfBytesIsSplitToo() {
		assertThat(lines(split(this.jedis.mget(bytes("a"), bytes("b"))))).containsExactlyInAnyOrder("MGET a", "MGET b");
	}

	@Test
	void valuesAreInOrderOfKeysAndRepeatedLikeThem() {
		CommandParts parts = split(this.jedis.mget("{a}1", "b", "{a}2", "b", "{a}1", "missing"));
		assertThat(lines(parts)).containsExactlyInAnyOrder("MGET {a}1 {a}2 {a}1", "MGET b b", "MGET missing");
		Map<String, List<@Nullable Object>> values = Map.of("MGET {a}1 {a}2 {a}1", List.of("1", "2", "1"), "MGET b b",
				List.of("B", "B"), "MGET missing", Collections.singletonList(null));
		assertThat(parts.reply(lines(parts).<@Nullable Object>map(values::get).toList()))
			.isEqualTo(Arrays.asList("1", "B", "2", "B", "1", null));
	}

	@Test
	void msetTakesValuesAlongWithKeys() {
		CommandParts parts = split(this.jedis.mset("{a}1", "1", "b", "2", "{a}2", "3", "b", "4"));
		assertThat(lines(parts)).containsExactlyInAnyOrder("MSET {a}1 1 {a}2 3", "MSET b 2 b 4");
		assertThat(parts.reply(List.of("OK", "OK"))).isEqualTo("OK");
	}

	@Test
	void msetnxSucceedsOnlyAsWhole() {
		CommandParts parts = split(this.jedis.msetnx("a", "1", "b", "2"));
		assertThat(lines(parts)).containsExactly("MSETNX a 1", "MSETNX b 2");
		assertThat(parts.reply(List.of(1L, 1L))).isEqualTo(1L);
		assertThat(parts.reply(List.of(1L, 0L))).isEqualTo(0L);
	}

	@Test
	void countsAreAdded() {
		assertThat(split(this.jedis.del("a", "b")).reply(List.of(1L, 1L))).isEqualTo(2L);
		assertThat(split(this.jedis.unlink("a", "b")).reply(List.of(1L, 0L))).isEqualTo(1L);
		assertThat(split(this.jedis.exists("a", "b", "a")).reply(List.of(2L, 1L))).isEqualTo(3L);
		assertThat(split(this.jedis.touch("a", "b")).reply(List.of(0L, 0L))).isEqualTo(0L);
	}

	@Test
	void setsAreFetchedAndCombined() {
		CommandParts union = split(this.jedis.sunion("a", "b"));
		assertThat(lines(union)).containsExactly("SMEMBERS a", "SMEMBERS b");
		assertThat(members(union)).containsExactly("x", "y", "z");
		assertThat(members(split(this.jedis.sinter("a", "b")))).containsExactly("y");
		assertThat(members(split(this.jedis.sdiff("a", "b")))).containsExactly("x");
	}

	@Test
	void setsKeepTheOrderOfTheirKeys() {
		assertThat(lines(split(this.jedis.sdiff("{a}1", "b", "{a}2")))).containsExactly("SMEMBERS {a}1", "SMEMBERS b",
				"SMEMBERS {a}2");
	}

	@Test
	void firstErrorIsReplyOfWhole() {
		JedisDataException error = new JedisDataException("WRONGTYPE Operation against a key");
		assertThat(split(this.jedis.del("a", "b", "c")).reply(List.of(1L, error, new JedisDataException("ERR other"))))
			.isSameAs(error);
	}

	@Test
	void commandForAllShardsGoesToEveryPrimary() {
		CommandParts parts = split(this.jedis.dbSize());
		assertThat(lines(parts)).containsExactly("1: DBSIZE", "2: DBSIZE", "3: DBSIZE");
		assertThat(parts.reply(List.of(1L, 2L, 3L))).isEqualTo(6L);
	}

	@Test
	void commandForAllNodesGoesToReplicasToo() {
		CommandSplitter withReplica = new CommandSplitter("foo", KeySlots.CLUSTER,
				() -> new Topology(List.of(TestTopology.shard(1, 2))));
		assertThat(lines(withReplica.split(Commands.command("CONFIG SET a b"))))
			.containsExactlyInAnyOrder("1: CONFIG SET a b", "2: CONFIG SET a b");
		assertThat(lines(withReplica.split(Commands.command("DBSIZE")))).containsExactly("1: DBSIZE");
	}

	@Test
	void commandThatOneNodeIsToRunFailsWhereAllRefuse() {
		CommandParts parts = split(Commands.command("SCRIPT KILL"));
		JedisDataException idle = new JedisDataException("NOTBUSY No scripts in execution right now.");
		assertThat(lines(parts)).hasSize(3);
		assertThat(parts.reply(List.of(idle, "OK", idle))).isEqualTo("OK");
		assertThat(parts.reply(List.of(idle, idle, idle))).isSameAs(idle);
	}

	@Test
	void commandForPrimariesTellsItsRepliesApart() {
		CommandParts parts = split(new PrimariesCommand(Commands.arguments("INFO server")));
		assertThat(lines(parts)).containsExactly("1: INFO server", "2: INFO server", "3: INFO server");
		assertThat(parts.reply(List.of("a", "b", "c"))).isEqualTo(
				Map.of(TestTopology.address(1), "a", TestTopology.address(2), "b", TestTopology.address(3), "c"));
	}

	@Test
	void sizeOfIntersectionIsCountedUpToItsLimit() {
		List<byte[]> set = List.of(bytes("x"), bytes("y"), bytes("z"));
		assertThat(split(this.jedis.sintercard("a", "b")).reply(List.of(set, set))).isEqualTo(3L);
		assertThat(split(this.jedis.sintercard(2, "a", "b")).reply(List.of(set, set))).isEqualTo(2L);
		assertThat(split(this.jedis.sintercard(0, "a", "b")).reply(List.of(set, set))).isEqualTo(3L);
		assertThat(split(this.jedis.sintercard("a", "b")).reply(List.of(set, List.of()))).isEqualTo(0L);
		assertThatExceptionOfType(JedisDataException.class)
			.isThrownBy(() -> split(this.jedis.sintercard(-1, "a", "b")).reply(List.of(set, set)))
			.withMessage("ERR LIMIT can't be negative");
	}

	@Test
	void nodesOfPartsAreCountedOnce() {
		assertThat(this.splitter.nodes(split(this.jedis.mget("a", "b", "c", "d", "e", "f", "g")))).isEqualTo(3);
		assertThat(this.splitter.nodes(split(this.jedis.dbSize()))).isEqualTo(3);
		assertThat(this.splitter.nodes(List.of("{a}1", "{a}2", "b"))).isEqualTo(2);
	}

	@Test
	void scanGoesToOneNodeAfterTheOther() {
		assertThat(lines(split(this.jedis.scan("0", new ScanParams().count(10)))))
			.containsExactly("1: SCAN 0 COUNT 10");
	}

	@Test
	void scanSkipsNoShardThatFailsOverMeanwhile() {
		Topology failedOver = new Topology(List.of(TestTopology.shard(4)));
		Iterator<Topology> topologies = List.of(TestTopology.ofPrimaries(3), failedOver).iterator();
		CommandSplitter late = new CommandSplitter("foo", KeySlots.CLUSTER, topologies::next);
		assertThat(lines(late.split(Commands.command("SCAN 0")))).containsExactly("1: SCAN 0");
	}

	@Test
	void clusterNeverReachedIsDown() {
		CommandSplitter unconnected = new CommandSplitter("foo", KeySlots.CLUSTER, () -> Topology.EMPTY);
		assertThatExceptionOfType(ClusterDownException.class).isThrownBy(() -> unconnected.split(this.jedis.dbSize()))
			.withMessageContaining("'foo'");
	}

	private CommandParts split(CommandObject<?> command) {
		return Objects.requireNonNull(this.splitter.split(command));
	}

	private static List<String> members(CommandParts parts) {
		List<byte[]> first = List.of(bytes("x"), bytes("y"));
		List<byte[]> second = List.of(bytes("y"), bytes("z"));
		return ((List<?>) Objects.requireNonNull(parts.reply(List.of(first, second)))).stream()
			.map((member) -> new String((byte[]) member, StandardCharsets.UTF_8))
			.toList();
	}

	private static Stream<String> lines(@Nullable CommandParts parts) {
		return Objects.requireNonNull(parts).commands().stream().map(CommandSplitterTests::line);
	}

	private static String line(CommandObject<?> command) {
		List<String> words = new ArrayList<>();
		command.getArguments().forEach((word) -> words.add(new String(word.getRaw(), StandardCharsets.UTF_8)));
		String line = String.join(" ", words);
		return (command instanceof NodeBoundCommand<?> pinned) ? pinned.getNode().getPort() + ": " + line : line;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
