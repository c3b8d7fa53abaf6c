package io.github.hotplate.benchmark.failover;

import java.util.List;
import java.util.stream.LongStream;

import io.github.hotplate.benchmark.load.LoadThread;

/**
 * One primary's trouble.
 *
 * @param struck when it began, as of {@link System#nanoTime()}
 * @param promoted when the replica took over
 * @param threads the threads that use the primary's slots
 */
record Outage(long struck, long promoted, List<LoadThread> threads) {

	/**
	 * The time of what never happened.
	 */
	static final long NEVER = Long.MAX_VALUE;

	long nanos() {
		return this.promoted - this.struck;
	}

	/**
	 * Return how long after the promotion the first call on the primary's slots
	 * succeeded.
	 * @return nanoseconds, or {@link #NEVER}
	 */
	long firstSuccessNanos() {
		return firstSuccesses().min().orElse(NEVER);
	}

	/**
	 * Return how long after the promotion every thread on the primary's slots had
	 * succeeded.
	 * @return nanoseconds, or {@link #NEVER}
	 */
	long allBackNanos() {
		return firstSuccesses().max().orElse(NEVER);
	}

	private LongStream firstSuccesses() {
		return this.threads.stream()
			.map((thread) -> thread.log().firstSuccessAfter(this.promoted))
			.mapToLong((end) -> end.isPresent() ? end.getAsLong() - this.promoted : NEVER);
	}

}
