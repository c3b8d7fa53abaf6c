package io.github.hotplate.topology;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Remembers the refreshes of a topology: how many there were, why, and how the last one
 * ended. A refresh that fails is attempted again until one attempt succeeds; it counts
 * once. Thread-safe.
 */
final class RefreshHistory {

	private final LongSupplier nanoTime;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition ended = this.lock.newCondition();

	private final Map<RefreshReason, Long> totals = new EnumMap<>(RefreshReason.class);

	private final Map<RefreshReason, Long> totalsAtReset = new EnumMap<>(RefreshReason.class);

	private long attempts;

	private long lastEnded;

	private long failures;

	private boolean learned;

	private long learnedAt;

	private @Nullable RefreshReason lastReason;

	private @Nullable Throwable lastFailure;

	RefreshHistory(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	void begun(RefreshReason reason) {
		this.lock.lock();
		try {
			this.totals.merge(reason, 1L, Long::sum);
			this.lastReason = reason;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Make an attempt, and note how it ends.
	 * @param attempt learns the topology
	 */
	void attempt(Runnable attempt) {
		long number = next();
		Throwable failure = null;
		try {
			attempt.run();
		}
		catch (RuntimeException | Error ex) {
			failure = ex;
			throw ex;
		}
		finally {
			ended(number, failure);
		}
	}

	private long next() {
		this.lock.lock();
		try {
			return ++this.attempts;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void ended(long number, @Nullable Throwable failure) {
		this.lock.lock();
		try {
			this.lastEnded = Math.max(this.lastEnded, number);
			this.lastFailure = failure;
			if (failure != null) {
				this.failures++;
			}
			else {
				this.learned = true;
				this.learnedAt = this.nanoTime.getAsLong();
			}
			this.ended.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for the end of an attempt that starts after this call.
	 * @param request requests it
	 * @param timeout how long to wait at most
	 * @return whether one has ended, with or without success
	 */
	boolean awaitNext(Runnable request, Duration timeout) throws InterruptedException {
		long left = timeout.toNanos();
		this.lock.lock();
		try {
			long before = this.attempts;
			request.run();
			while (this.lastEnded <= before) {
				if (left <= 0) {
					return false;
				}
				left = this.ended.awaitNanos(left);
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	long total(RefreshReason reason) {
		this.lock.lock();
		try {
			return this.totals.getOrDefault(reason, 0L);
		}
		finally {
			this.lock.unlock();
		}
	}

	TopologyStatus status() {
		this.lock.lock();
		try {
			Duration age = this.learned ? Duration.ofNanos(this.nanoTime.getAsLong() - this.learnedAt) : null;
			return new TopologyStatus(age, this.lastReason, describe(this.lastFailure), this.failures, sinceReset());
		}
		finally {
			this.lock.unlock();
		}
	}

	private Map<RefreshReason, Long> sinceReset() {
		Map<RefreshReason, Long> counts = new EnumMap<>(RefreshReason.class);
		this.totals.forEach((reason, total) -> {
			long count = total - this.totalsAtReset.getOrDefault(reason, 0L);
			if (count > 0) {
				counts.put(reason, count);
			}
		});
		return Collections.unmodifiableMap(counts);
	}

	static @Nullable String describe(@Nullable Throwable failure) {
		if (failure == null) {
			return null;
		}
		// An Error needs its name to be understood, ours are sentences.
		return (failure instanceof DataAccessException) ? failure.getMessage() : failure.toString();
	}

	/**
	 * Start counting from zero, except for {@link #total(RefreshReason)}.
	 */
	void reset() {
		this.lock.lock();
		try {
			this.totalsAtReset.putAll(this.totals);
			this.failures = 0;
		}
		finally {
			this.lock.unlock();
		}
	}

}
