package io.github.hotplate.topology;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.SlotBoundCommand;
import io.github.hotplate.command.TransactionCommand;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShardSlots}.
 */
class ShardSlotsTests {

	private static final List<HostAndPort> SERVERS = IntStream.range(0, 12)
		.mapToObj((port) -> new HostAndPort("host", port))
		.toList();

	private final ShardSlots slots = new ShardSlots(SERVERS.subList(0, 3));

	private final CommandObjects commands = new CommandObjects();

	@Test
	void slotIsRemainderOfHash() {
		// 879894196 modulo 6.
		assertThat(this.slots.slot("redis")).isEqualTo(4);
		assertThat(this.slots.slot("redis".getBytes(StandardCharsets.UTF_8))).isEqualTo(4);
		assertThat(this.slots.slot("{redis}:1")).isNotEqualTo(4);
	}

	@Test
	void commandForServerIsAtSlotOfThatServer() {
		assertThat(this.slots.placeOf(new NodeBoundCommand<>(this.commands.get("redis"), SERVERS.get(2)))).isEqualTo(2);
		assertThat(this.slots.placeOf(new NodeBoundCommand<>(this.commands.get("redis"), SERVERS.get(9))))
			.isEqualTo(CommandKeys.NO_SLOT);
	}

	@Test
	void commandForSlotIsThere() {
		assertThat(this.slots.placeOf(new SlotBoundCommand<>(this.commands.get("redis"), 5))).isEqualTo(5);
		assertThat(this.slots.placeOf(new TransactionCommand(List.of(this.commands.get("redis")), 5, null)))
			.isEqualTo(5);
	}

	@Test
	void placeOfOtherCommandsIsUpToTheirKeys() {
		assertThat(this.slots.placeOf(this.commands.get("redis"))).isEqualTo(CommandKeys.NO_SLOT);
	}

	@Test
	void figuresAreNotMoreThanThoseOfCluster() {
		assertThat(this.slots.heatBuckets()).isEqualTo(6);
		assertThat(new ShardSlots(SERVERS).heatBuckets()).isEqualTo(3_960);
	}

}
