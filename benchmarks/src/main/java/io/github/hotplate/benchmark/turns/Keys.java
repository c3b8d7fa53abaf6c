package io.github.hotplate.benchmark.turns;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys of one thread's calls, chosen at random before the clock runs. They have no
 * hash tags, so that many of them spread over as many slots. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class Keys {

	/**
	 * What every key holds.
	 */
	static final String VALUE = "v".repeat(100);

	private static final int POPULATION = 10_000;

	private static final int BATCHES = 64;

	private final SplittableRandom random;

	private final List<List<String>> present;

	private final List<List<String>> absent;

	private final List<Map<String, String>> entries;

	private int turn;

	Keys(int size, long seed) {
		this.random = new SplittableRandom(seed);
		this.present = batches(size, "key:");
		this.absent = batches(size, "absent:");
		this.entries = this.present.stream()
			.map((keys) -> keys.stream().collect(Collectors.toMap(Function.identity(), (key) -> VALUE)))
			.toList();
	}

	/**
	 * Return the keys that must be there.
	 * @return all keys, each with the value that reads are checked against
	 */
	public static Map<String, String> population() {
		return IntStream.range(0, POPULATION)
			.mapToObj((number) -> "key:" + number)
			.collect(Collectors.toMap(Function.identity(), (key) -> VALUE));
	}

	private List<List<String>> batches(int size, String prefix) {
		return Stream.generate(() -> batch(size, prefix)).limit(BATCHES).toList();
	}

	private List<String> batch(int size, String prefix) {
		return this.random.ints(0, POPULATION).distinct().limit(size).mapToObj((number) -> prefix + number).toList();
	}

	List<String> next() {
		return this.present.get(turn());
	}

	Map<String, String> nextEntries() {
		return this.entries.get(turn());
	}

	List<String> nextAbsent() {
		return this.absent.get(turn());
	}

	private int turn() {
		this.turn = (this.turn + 1) % BATCHES;
		return this.turn;
	}

}
