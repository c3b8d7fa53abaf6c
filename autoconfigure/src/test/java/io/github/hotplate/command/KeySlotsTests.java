package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeySlots}.
 */
class KeySlotsTests {

	@Test
	void keysOfClusterAreInOneSlotOrNot() {
		assertThat(KeySlots.CLUSTER.sameSlot(List.of("a"))).isTrue();
		assertThat(KeySlots.CLUSTER.sameSlot(List.of("{a}1", "{a}2".getBytes(StandardCharsets.UTF_8)))).isTrue();
		assertThat(KeySlots.CLUSTER.sameSlot(List.of("{a}1", "{a}2", "b"))).isFalse();
	}

	@Test
	void singleServerHasAllKeysInOneSlot() {
		assertThat(KeySlots.SINGLE.sameSlot(List.of("a", "b", "c".getBytes(StandardCharsets.UTF_8)))).isTrue();
	}

}
