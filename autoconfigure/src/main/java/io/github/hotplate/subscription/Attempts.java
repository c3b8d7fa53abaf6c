package io.github.hotplate.subscription;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The failures of a subscription in a row, and the pause before its next attempt. Not
 * thread-safe: guarded by the lock of its subscription.
 */
final class Attempts {

	private static final long FIRST_PAUSE_MILLIS = 10;

	/**
	 * How late a promoted replica is found at most. An attempt costs little, since a node
	 * that does not answer is ejected.
	 */
	private static final long MAX_PAUSE_MILLIS = 200;

	/**
	 * After ten seconds of it, nobody waits for a promotion anymore.
	 */
	private static final int MANY_FAILURES = 50;

	private @Nullable RuntimeException failure;

	private int failures;

	private boolean scheduled;

	/**
	 * Note a failure.
	 * @param cause the failure
	 */
	void failed(RuntimeException cause) {
		this.failure = cause;
		this.failures++;
	}

	/**
	 * Note that a node serves all that it was asked for.
	 */
	void succeeded() {
		this.failures = 0;
	}

	/**
	 * Return the last failure, even if another attempt has succeeded since.
	 * @return the failure, or {@code null} if there was none
	 */
	@Nullable RuntimeException failure() {
		return this.failure;
	}

	/**
	 * Tell whether the failure just noted is worth a line in the log.
	 * @return whether it completes another fifty
	 */
	boolean areManyMore() {
		return this.failures % MANY_FAILURES == 0;
	}

	/**
	 * Note that an attempt is about to be scheduled.
	 * @return whether there was none that is still to begin
	 */
	boolean schedule() {
		boolean first = !this.scheduled;
		this.scheduled = true;
		return first;
	}

	/**
	 * Note that the attempt that was scheduled begins.
	 */
	void begin() {
		this.scheduled = false;
	}

	/**
	 * Return how long to wait before the next attempt.
	 * @return the pause, longer after more failures
	 */
	Duration pause() {
		if (this.failures > MANY_FAILURES) {
			return Duration.ofSeconds(1);
		}
		long pause = FIRST_PAUSE_MILLIS << Math.min(this.failures - 1, 5);
		return Duration.ofMillis(Math.min(pause, MAX_PAUSE_MILLIS));
	}

}
