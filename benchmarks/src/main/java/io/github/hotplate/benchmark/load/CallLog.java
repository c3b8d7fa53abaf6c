package io.github.hotplate.benchmark.load;

import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * When each call of one thread began, when it ended, and whether it succeeded. Written by
 * that thread, read when it has ended.
 *
 * @since 0.1.0
 */
public final class CallLog {

	private long[] begins = new long[1 << 16];

	private long[] ends = new long[1 << 16];

	private final BitSet failures = new BitSet();

	private int size;

	void add(long begin, long end, boolean succeeded) {
		if (this.size == this.begins.length) {
			this.begins = Arrays.copyOf(this.begins, this.size * 2);
			this.ends = Arrays.copyOf(this.ends, this.size * 2);
		}
		this.begins[this.size] = begin;
		this.ends[this.size] = end;
		this.failures.set(this.size, !succeeded);
		this.size++;
	}

	/**
	 * Return how many calls were made.
	 * @return the number of calls, failed ones included
	 */
	public int calls() {
		return this.size;
	}

	/**
	 * Return how many calls failed.
	 * @return the number of calls that ended in an exception
	 */
	public int failures() {
		return this.failures.cardinality();
	}

	/**
	 * Return how long the longest call took.
	 * @return its nanoseconds
	 */
	public long longest() {
		return IntStream.range(0, this.size).mapToLong((call) -> this.ends[call] - this.begins[call]).max().orElse(0);
	}

	/**
	 * Find the first success after a moment.
	 * @param moment the moment, as of {@link System#nanoTime()}
	 * @return when the call ended, if there was one
	 */
	public OptionalLong firstSuccessAfter(long moment) {
		return successes().mapToLong((call) -> this.ends[call]).filter((end) -> end - moment > 0).findFirst();
	}

	/**
	 * Count the calls that succeeded within an interval.
	 * @param from its begin, as of {@link System#nanoTime()}
	 * @param to its end
	 * @return the number of calls that ended in it
	 */
	public long successesBetween(long from, long to) {
		return successes().filter((call) -> this.ends[call] - from >= 0 && this.ends[call] - to < 0).count();
	}

	/**
	 * Return how long the calls took that ended within an interval, failed ones included.
	 * @param from its begin, as of {@link System#nanoTime()}
	 * @param to its end
	 * @return the nanoseconds of each call
	 */
	public LongStream durationsBetween(long from, long to) {
		return IntStream.range(0, this.size)
			.filter((call) -> this.ends[call] - from >= 0 && this.ends[call] - to < 0)
			.mapToLong((call) -> this.ends[call] - this.begins[call]);
	}

	private IntStream successes() {
		return IntStream.range(0, this.size).filter((call) -> !this.failures.get(call));
	}

}
