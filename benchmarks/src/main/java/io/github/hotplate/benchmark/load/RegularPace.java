package io.github.hotplate.benchmark.load;

import java.util.concurrent.locks.LockSupport;

/**
 * Calls at equal intervals. Not thread-safe.
 */
final class RegularPace implements Pace {

	private final long interval;

	private long due = System.nanoTime();

	/**
	 * Create a pace.
	 * @param interval nanoseconds from one call to the next
	 */
	RegularPace(long interval) {
		this.interval = interval;
	}

	@Override
	public long awaitNext() {
		this.due += this.interval;
		long now = System.nanoTime();
		if (now - this.due >= 0) {
			return this.due;
		}
		while (now - this.due < 0 && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(this.due - now);
			now = System.nanoTime();
		}
		// That the machine wakes a thread late is no fault of Redis.
		return now;
	}

}
