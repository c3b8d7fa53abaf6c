package io.github.hotplate.hotkey;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpaceSaving}.
 */
class SpaceSavingTests {

	private static final int COUNTERS = 1_024;

	private final SpaceSaving keys = new SpaceSaving(COUNTERS);

	@Test
	void countsExactlyWhileThereAreCounters() {
		SpaceSaving few = new SpaceSaving(2);
		add(few, "a", 3);
		add(few, "b", 1);
		add(few, "a", 1);
		assertThat(top(few, 2)).containsExactly("a", "b");
		assertThat(few.keys()).extracting(TrackedKey::guaranteed).containsExactlyInAnyOrder(4.0, 1.0);
	}

	@Test
	void newKeyTakesCounterOfLeastAndInheritsItsCount() {
		SpaceSaving few = new SpaceSaving(2);
		add(few, "a", 5);
		add(few, "b", 2);
		add(few, "c", 1);
		assertThat(top(few, 2)).containsExactly("a", "c");
		assertThat(few.keys()).filteredOn((key) -> key.name().toString().equals("c"))
			.singleElement()
			.satisfies((key) -> assertThat(key.count()).isEqualTo(3))
			.satisfies((key) -> assertThat(key.guaranteed()).isEqualTo(1));
	}

	@Test
	void findsTrueTopInOrderOnZipf() {
		Zipf zipf = new Zipf(100_000, 42);
		Map<Integer, Integer> truth = new HashMap<>();
		for (int i = 0; i < 500_000; i++) {
			int rank = zipf.next();
			truth.merge(rank, 1, Integer::sum);
			add(this.keys, "key:" + rank, 1);
		}
		List<String> trueTop = truth.entrySet()
			.stream()
			.sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
			.limit(10)
			.map((entry) -> "key:" + entry.getKey())
			.toList();
		assertThat(top(this.keys, 10)).containsExactlyElementsOf(trueTop);
	}

	@Test
	void boundsAreThoseOfThePaper() {
		Random random = new Random(7);
		Map<String, Integer> truth = new HashMap<>();
		int commands = 200_000;
		for (int i = 0; i < commands; i++) {
			String key = "key:" + (int) Math.abs(random.nextGaussian() * 3_000);
			truth.merge(key, 1, Integer::sum);
			add(this.keys, key, 1);
		}
		assertThat(this.keys.keys()).hasSize(COUNTERS).allSatisfy((key) -> {
			int count = truth.get(key.name().toString());
			assertThat(key.count()).isBetween((double) count, count + (double) commands / COUNTERS);
			assertThat(key.guaranteed()).isLessThanOrEqualTo(count);
		});
	}

	@Test
	void clearForgetsEverything() {
		IntStream.range(0, 2 * COUNTERS).forEach((i) -> add(this.keys, "key:" + i, 1));
		this.keys.clear();
		assertThat(this.keys.keys()).isEmpty();
		add(this.keys, "a", 1);
		assertThat(this.keys.keys()).singleElement().extracting(TrackedKey::count).isEqualTo(1.0);
	}

	private static void add(SpaceSaving keys, String key, double weight) {
		keys.add(KeyName.of(key), weight, 0, 0);
	}

	private static List<String> top(SpaceSaving keys, int limit) {
		return keys.keys()
			.stream()
			.sorted(Comparator.comparingDouble(TrackedKey::count).reversed())
			.limit(limit)
			.map((key) -> key.name().toString())
			.toList();
	}

}
