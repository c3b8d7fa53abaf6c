package io.github.hotplate.crossslot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.KeySlots;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SlotGroups}.
 */
class SlotGroupsTests {

	private static final long SEED = 42;

	@Test
	void keysOfOneSlotAreTogetherInTheirOrder() {
		assertThat(groups(List.of("{a}1", "b", "{a}2", "c", "b"), KeySlots.CLUSTER).values())
			.containsExactly(List.of(0, 2), List.of(1, 4), List.of(3));
	}

	@Test
	void noKeysHaveNoSlot() {
		assertThat(SlotGroups.of(List.of(), KeySlots.CLUSTER).count()).isZero();
	}

	@Test
	void slotsThatShareTheirLowBitsAreKeptApart() {
		assertThat(groups(List.of("0", "1024", "2048", "-1024", "1024"), (key) -> Integer.parseInt(key.toString())))
			.containsExactlyInAnyOrderEntriesOf(
					Map.of(0, List.of(0), 1024, List.of(1, 4), 2048, List.of(2), -1024, List.of(3)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 64, 1000, 20_000 })
	void groupsAreThoseOfAMap(int count) {
		Random random = new Random(SEED);
		List<Object> keys = new ArrayList<>();
		IntStream.range(0, count).forEach((i) -> keys.add("key:" + random.nextInt(count)));
		Map<Integer, List<Integer>> expected = new LinkedHashMap<>();
		for (int i = 0; i < count; i++) {
			expected.computeIfAbsent(CommandKeys.slot(keys.get(i)), (slot) -> new ArrayList<>()).add(i);
		}
		assertThat(groups(keys, KeySlots.CLUSTER)).containsExactlyEntriesOf(expected);
	}

	private static Map<Integer, List<Integer>> groups(List<Object> keys, KeySlots slots) {
		SlotGroups groups = SlotGroups.of(keys, slots);
		Map<Integer, List<Integer>> positions = new LinkedHashMap<>();
		for (int group = 0; group < groups.count(); group++) {
			int current = group;
			positions.put(groups.slot(group),
					IntStream.range(0, groups.size(group)).mapToObj((i) -> groups.position(current, i)).toList());
		}
		return positions;
	}

}
