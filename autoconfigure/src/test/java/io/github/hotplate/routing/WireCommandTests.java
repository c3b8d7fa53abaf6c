package io.github.hotplate.routing;

import java.util.List;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.execution.CrossSlotException;
import io.github.hotplate.topology.TestTopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WireCommand}.
 */
class WireCommandTests {

	private final CommandObjects jedis = new CommandObjects();

	@Test
	void slotIsThatOfKeys() {
		assertThat(WireCommand.of(this.jedis.get("foo"), KeySlots.CLUSTER).slot()).isEqualTo(12_182);
		assertThat(WireCommand.of(this.jedis.mget("{foo}1", "{foo}2"), KeySlots.CLUSTER).slot()).isEqualTo(12_182);
		assertThat(WireCommand.of(this.jedis.eval("return 1", List.of("foo"), List.of()), KeySlots.CLUSTER).slot())
			.isEqualTo(12_182);
	}

	@Test
	void replicaMayAnswerReadOfKeys() {
		assertThat(WireCommand.of(this.jedis.get("foo"), KeySlots.CLUSTER).replicable()).isTrue();
		assertThat(WireCommand.of(this.jedis.set("foo", "bar"), KeySlots.CLUSTER).replicable()).isFalse();
		assertThat(WireCommand.of(this.jedis.randomKey(), KeySlots.CLUSTER).replicable()).isFalse();
	}

	@Test
	void commandWithoutKeysHasNoSlot() {
		assertThat(WireCommand.of(this.jedis.ping(), KeySlots.CLUSTER).slot()).isEqualTo(CommandKeys.NO_SLOT);
	}

	@Test
	void commandPinnedToNodeGoesThere() {
		WireCommand command = WireCommand.of(new NodeBoundCommand<>(this.jedis.get("foo"), TestTopology.address(1)),
				KeySlots.CLUSTER);
		assertThat(command.node()).isEqualTo(TestTopology.address(1));
		assertThat(command.replicable()).isFalse();
	}

	@Test
	void anyKeysAreTogetherOnSingleServer() {
		assertThat(WireCommand.of(this.jedis.rename("foo", "bar"), KeySlots.SINGLE).slot()).isZero();
		assertThat(WireCommand.of(this.jedis.ping(), KeySlots.SINGLE).slot()).isEqualTo(CommandKeys.NO_SLOT);
	}

	@Test
	void negativeSlotIsSlot() {
		WireCommand command = WireCommand.of(this.jedis.get("foo"), (key) -> -1);
		assertThat(command.slot()).isEqualTo(-1);
		assertThat(command.replicable()).isTrue();
	}

	@Test
	void keysOfTwoSlotsAreRefusedByName() {
		CommandObject<String> rename = this.jedis.rename("foo", "bar");
		assertThatExceptionOfType(CrossSlotException.class).isThrownBy(() -> WireCommand.of(rename, KeySlots.CLUSTER))
			.withMessageContainingAll("RENAME", "'foo'", "'bar'", "{user:1}");
	}

}
