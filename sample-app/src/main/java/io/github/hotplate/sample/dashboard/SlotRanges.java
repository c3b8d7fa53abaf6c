package io.github.hotplate.sample.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.hotplate.topology.SlotRange;

/**
 * Writes a set of slots as the fewest ranges.
 */
final class SlotRanges {

	private SlotRanges() {
	}

	static List<SlotRange> of(int... slots) {
		int[] sorted = Arrays.stream(slots).sorted().distinct().toArray();
		List<SlotRange> ranges = new ArrayList<>();
		int start = 0;
		for (int i = 1; i <= sorted.length; i++) {
			if (i == sorted.length || sorted[i] != sorted[i - 1] + 1) {
				ranges.add(new SlotRange(sorted[start], sorted[i - 1]));
				start = i;
			}
		}
		return ranges;
	}

}
