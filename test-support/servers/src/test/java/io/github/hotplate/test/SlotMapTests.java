package io.github.hotplate.test;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SlotMap}.
 */
class SlotMapTests {

	private static final List<Object> LOWER = List.of(0L, 8_191L, node(7000), node(7002));

	private static final List<Object> UPPER = List.of(8_192L, 16_383L, node(7001), node(7003), node(7004));

	private final SlotMap map = SlotMap.parse(List.of(LOWER, UPPER));

	@Test
	void findsPrimaryOfSlot() {
		assertThat(this.map.primaryOf(8_191)).contains(7000);
		assertThat(this.map.primaryOf(8_192)).contains(7001);
		assertThat(SlotMap.parse(List.of(UPPER)).primaryOf(0)).isEmpty();
	}

	@Test
	void findsReplicasOfPrimary() {
		assertThat(this.map.replicasOf(7001)).isEqualTo(Set.of(7003, 7004));
		assertThat(this.map.replicasOf(7002)).isEmpty();
	}

	@Test
	void tellsPrimariesFromReplicas() {
		assertThat(this.map.isPrimary(7000)).isTrue();
		assertThat(this.map.isPrimary(7002)).isFalse();
	}

	@Test
	void countsCoveredSlots() {
		assertThat(this.map.covered()).isEqualTo(SlotMap.SLOTS);
		assertThat(SlotMap.parse(List.of(LOWER)).covered()).isEqualTo(8_192);
	}

	@Test
	void knowsWhoServesAWholeRange() {
		assertThat(this.map.isServedBy(7000, 0, 8_191)).isTrue();
		assertThat(this.map.isServedBy(7000, 8_191, 8_192)).isFalse();
		assertThat(this.map.isServedBy(7001, 8_191, 8_192)).isFalse();
	}

	@Test
	void equalsMapThatNamesTheSameNodesInAnotherOrder() {
		List<Object> reordered = List.of(8_192L, 16_383L, node(7001), node(7004), node(7003));
		assertThat(SlotMap.parse(List.of(reordered, LOWER))).isEqualTo(this.map);
	}

	private static List<Object> node(long port) {
		return List.of("127.0.0.1", port, "id-" + port, List.of());
	}

}
