package io.github.hotplate.activity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * The latest slow calls in one half of a bounded memory, and in the other the slowest of
 * those that were pushed out of the first, for an hour. Thread-safe.
 */
final class SlowCallHistory {

	/**
	 * How long a call counts among the slowest.
	 */
	static final Duration MEMORY = Duration.ofHours(1);

	private static final Comparator<SlowCall> FASTEST_FIRST = Comparator.comparingDouble(SlowCall::totalMillis);

	private final int slowestCapacity;

	private final int latestCapacity;

	private final InstantSource clock;

	private final Deque<SlowCall> latest = new ArrayDeque<>();

	private final Queue<SlowCall> slowest = new PriorityQueue<>(FASTEST_FIRST);

	/**
	 * Create a history without calls.
	 * @param capacity how many calls to keep, at least 0
	 * @param clock tells the time
	 */
	SlowCallHistory(int capacity, InstantSource clock) {
		this.latestCapacity = capacity / 2;
		this.slowestCapacity = capacity - this.latestCapacity;
		this.clock = clock;
	}

	synchronized void add(SlowCall call) {
		this.latest.addLast(call);
		if (this.latest.size() > this.latestCapacity) {
			keepIfSlow(this.latest.removeFirst());
		}
	}

	private void keepIfSlow(SlowCall call) {
		if (this.slowest.size() == this.slowestCapacity) {
			forgetOld();
		}
		this.slowest.add(call);
		if (this.slowest.size() > this.slowestCapacity) {
			this.slowest.remove();
		}
	}

	private void forgetOld() {
		Instant oldest = this.clock.instant().minus(MEMORY);
		this.slowest.removeIf((call) -> call.at().isBefore(oldest));
	}

	synchronized List<SlowCall> list() {
		forgetOld();
		List<SlowCall> calls = new ArrayList<>(this.slowest);
		calls.addAll(this.latest);
		calls.sort(FASTEST_FIRST.reversed());
		return calls;
	}

	synchronized void clear() {
		this.latest.clear();
		this.slowest.clear();
	}

}
