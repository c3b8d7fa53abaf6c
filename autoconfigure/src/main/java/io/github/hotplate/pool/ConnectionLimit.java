package io.github.hotplate.pool;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A limit on open connections, shared by the pools of all nodes or owned by one.
 * <p>
 * A caller first takes a permit to use a connection and then, if it has to open one, a
 * place for it. There are as many permits as places, so if a caller with a permit finds
 * no free place, some connection is idle or about to be, and the caller closes it to make
 * room. No caller ever waits for a place while holding a connection, so callers cannot
 * block each other, and the wait for a place lasts only as long as another thread takes
 * to return a connection.
 */
final class ConnectionLimit {

	/**
	 * Long enough for a running thread to return its connection.
	 */
	private static final int SPINS = 100;

	/**
	 * For a thread that was preempted while it returned its connection.
	 */
	private static final long PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

	private static final int MANY = 1_000_000_000;

	private final int max;

	private final Semaphore permits;

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicInteger waiting = new AtomicInteger();

	private final AtomicInteger held = new AtomicInteger();

	/**
	 * Number of permits that the client has taken for its own needs.
	 */
	private final AtomicInteger takenForClient = new AtomicInteger();

	private volatile boolean wantedByClient;

	private volatile boolean closed;

	ConnectionLimit(int max) {
		this.max = max;
		// Unfair, since barging keeps throughput up, and the time-out bounds every wait.
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

	/**
	 * Take a permit for what the client needs to work: probes and topology refreshes.
	 * @param wait how long to wait; zero takes one only if it is free
	 * @return whether a permit was taken
	 * @throws InterruptedException if interrupted while waiting
	 */
	boolean acquireForClient(Duration wait) throws InterruptedException {
		boolean acquired = acquire(wait);
		this.wantedByClient = !acquired;
		if (acquired) {
			this.takenForClient.incrementAndGet();
		}
		return acquired;
	}

	void release() {
		this.permits.release();
	}

	/**
	 * Note that a permit is kept for long, and do not mind if it is the last.
	 */
	void hold() {
		this.held.incrementAndGet();
	}

	/**
	 * Note that a permit is kept for long, unless all others are.
	 * @return whether one is left for what the client needs to work
	 */
	boolean tryHold() {
		int before = this.held.get();
		while (before < this.max - 1) {
			if (this.held.compareAndSet(before, before + 1)) {
				return true;
			}
			before = this.held.get();
		}
		return false;
	}

	void unhold() {
		this.held.decrementAndGet();
	}

	/**
	 * Let the client have a permit that it could not get, which the caller has released.
	 * @param wait how long to wait for the client to take it
	 * @param nanoTime tells the time
	 */
	void giveWay(Duration wait, LongSupplier nanoTime) {
		int before = this.takenForClient.get();
		long start = nanoTime.getAsLong();
		while (this.wantedByClient && this.takenForClient.get() == before && !this.closed
				&& nanoTime.getAsLong() - start < wait.toNanos()) {
			LockSupport.parkNanos(PARK_NANOS);
		}
	}

	/**
	 * Wake all waiting callers, now and later. A caller with a permit has to check
	 * whether the client is open.
	 */
	synchronized void close() {
		// Pools of several nodes may share the limit.
		if (!this.closed) {
			this.closed = true;
			this.permits.release(MANY);
		}
	}

	/**
	 * Take a place for a connection that is about to be opened. Needs a permit.
	 * @param evictIdle closes an idle connection and returns whether there was one
	 * @return whether a place was taken; always, unless the limit is closed
	 */
	boolean reservePlace(BooleanSupplier evictIdle) {
		int spins = 0;
		while (true) {
			int current = this.open.get();
			if (current < this.max) {
				if (this.open.compareAndSet(current, current + 1)) {
					return true;
				}
			}
			else if (!evictIdle.getAsBoolean()) {
				if (this.closed) {
					return false;
				}
				// A connection that is being returned or closed is not idle, but keeps
				// its place until then.
				if (spins++ < SPINS) {
					Thread.onSpinWait();
				}
				else {
					LockSupport.parkNanos(PARK_NANOS);
				}
			}
		}
	}

	void releasePlace() {
		this.open.decrementAndGet();
	}

	int inUse() {
		return Math.max(0, this.max - this.permits.availablePermits());
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
