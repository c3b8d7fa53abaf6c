package io.github.hotplate.sample.dashboard;

import org.junit.jupiter.api.Test;

import io.github.hotplate.topology.SlotRange;

import static org.assertj.core.api.Assertions.assertThat;

class SlotRangesTests {

	@Test
	void joinsNeighbours() {
		assertThat(SlotRanges.of(7, 0, 1, 2, 9, 8)).containsExactly(new SlotRange(0, 2), new SlotRange(7, 9));
	}

	@Test
	void keepsALonelySlot() {
		assertThat(SlotRanges.of(16383)).containsExactly(new SlotRange(16383, 16383));
	}

	@Test
	void makesNothingOfNothing() {
		assertThat(SlotRanges.of()).isEmpty();
	}

}
