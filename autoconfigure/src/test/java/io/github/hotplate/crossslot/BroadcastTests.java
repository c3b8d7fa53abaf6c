package io.github.hotplate.crossslot;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.Commands;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.TestTopology;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Broadcast}.
 */
class BroadcastTests {

	private final List<Shard> shards = TestTopology.ofPrimaries(3).shards();

	@Test
	void everyNodeGetsTheWholeCommand() {
		assertThat(PartLines.lines(merged("CONFIG SET a b"))).containsExactly("1: CONFIG SET a b", "2: CONFIG SET a b",
				"3: CONFIG SET a b");
	}

	@Test
	void repliesAreMerged() {
		assertThat(merged("DBSIZE").reply(List.of(1L, 2L, 3L))).isEqualTo(6L);
	}

	@Test
	void oneErrorFailsCommandThatAllNodesMustRun() {
		JedisDataException error = new JedisDataException("ERR unknown option");
		assertThat(merged("CONFIG SET a b").reply(List.of("OK", error, "OK"))).isSameAs(error);
	}

	@Test
	void oneSuccessSufficesForCommandThatOneNodeIsToRun() {
		CommandParts parts = merged("SCRIPT KILL");
		JedisDataException idle = new JedisDataException("NOTBUSY No scripts in execution right now.");
		assertThat(PartLines.lines(parts)).hasSize(3);
		assertThat(parts.reply(List.of(idle, "OK", idle))).isEqualTo("OK");
		assertThat(parts.reply(List.of(idle, idle, idle))).isSameAs(idle);
	}

	@Test
	void repliesAreToldApartByNode() {
		CommandParts parts = Broadcast.byNode(Commands.arguments("INFO server"), this.shards,
				(shard) -> shard.primary().address());
		assertThat(PartLines.lines(parts)).containsExactly("1: INFO server", "2: INFO server", "3: INFO server");
		assertThat(parts.reply(List.of("a", "b", "c"))).isEqualTo(
				Map.of(TestTopology.address(1), "a", TestTopology.address(2), "b", TestTopology.address(3), "c"));
	}

	private CommandParts merged(String line) {
		CommandArguments arguments = Commands.arguments(line);
		return Broadcast.merged(arguments, this.shards, CommandSpecs.of(arguments).responsePolicy());
	}

}
