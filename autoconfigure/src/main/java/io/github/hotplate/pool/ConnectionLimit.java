package io.github.hotplate.pool;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * A bound on open connections, shared by the pools of all nodes or owned by one.
 * <p>
 * A caller first takes a permit to use a connection, then, where it has to open one, a
 * place for it. There are as many permits as places. Whoever holds a permit and finds no
 * place free therefore knows that a connection is idle somewhere, or is about to be, and
 * closes it to make room; nobody ever waits for a place while holding a connection.
 */
final class ConnectionLimit {

	private final int max;

	private final Semaphore permits;

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	ConnectionLimit(int max) {
		this.max = max;
		this.permits = new Semaphore(max);
	}

	/**
	 * Take a permit to use a connection.
	 * @param wait how long to wait; zero takes one only if it is free
	 * @return whether a permit was taken
	 * @throws InterruptedException if interrupted while waiting
	 */
	boolean acquire(Duration wait) throws InterruptedException {
		if (this.permits.tryAcquire()) {
			return true;
		}
		if (wait.isZero()) {
			return false;
		}
		this.waiting.incrementAndGet();
		try {
			return this.permits.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
		}
		finally {
			this.waiting.decrementAndGet();
		}
	}

	void release() {
		this.permits.release();
	}

	/**
	 * Take a place for a connection that is about to be opened. Needs a permit.
	 * @param evictIdle closes an idle connection, and tells whether there was one
	 */
	void reservePlace(BooleanSupplier evictIdle) {
		while (true) {
			int current = this.open.get();
			if (current < this.max) {
				if (this.open.compareAndSet(current, current + 1)) {
					return;
				}
			}
			else if (!evictIdle.getAsBoolean()) {
				// Between being released and being idle, a connection is in neither
				// count.
				Thread.onSpinWait();
			}
		}
	}

	void releasePlace() {
		this.open.decrementAndGet();
	}

	int inUse() {
		return this.max - this.permits.availablePermits();
	}

	int open() {
		return this.open.get();
	}

	int waiting() {
		return this.waiting.get();
	}

	@Override
	public String toString() {
		return "limit " + this.max + ", in use " + inUse() + ", idle " + (open() - inUse()) + ", waiting " + waiting();
	}

}
