package io.github.hotplate.cluster;

import java.util.List;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.NodeCommand;
import io.github.hotplate.execution.CrossSlotException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WireCommand}.
 */
class WireCommandTests {

	private final CommandObjects jedis = new CommandObjects();

	@Test
	void slotIsThatOfKeys() {
		assertThat(WireCommand.of(this.jedis.get("foo")).slot()).isEqualTo(12_182);
		assertThat(WireCommand.of(this.jedis.mget("{foo}1", "{foo}2")).slot()).isEqualTo(12_182);
		assertThat(WireCommand.of(this.jedis.eval("return 1", List.of("foo"), List.of())).slot()).isEqualTo(12_182);
	}

	@Test
	void replicaMayAnswerReadOfKeys() {
		assertThat(WireCommand.of(this.jedis.get("foo")).readOnly()).isTrue();
		assertThat(WireCommand.of(this.jedis.set("foo", "bar")).readOnly()).isFalse();
		assertThat(WireCommand.of(this.jedis.randomKey()).readOnly()).isFalse();
	}

	@Test
	void commandWithoutKeysHasNoSlot() {
		assertThat(WireCommand.of(this.jedis.ping()).slot()).isEqualTo(CommandKeys.NO_SLOT);
	}

	@Test
	void commandPinnedToNodeGoesThere() {
		WireCommand command = WireCommand.of(new NodeCommand<>(this.jedis.get("foo"), TestTopology.address(1)));
		assertThat(command.node()).isEqualTo(TestTopology.address(1));
		assertThat(command.readOnly()).isFalse();
	}

	@Test
	void keysOfTwoSlotsAreRefusedByName() {
		CommandObject<String> rename = this.jedis.rename("foo", "bar");
		assertThatExceptionOfType(CrossSlotException.class).isThrownBy(() -> WireCommand.of(rename))
			.withMessageContainingAll("RENAME", "'foo'", "'bar'", "{user:1}");
	}

}
