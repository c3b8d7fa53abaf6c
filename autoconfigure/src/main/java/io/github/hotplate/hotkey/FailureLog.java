package io.github.hotplate.hotkey;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the failures of one client's tracker, at most one a minute: they come with every
 * command or every flush, and harm nobody. Thread-safe.
 */
final class FailureLog {

	private static final Logger logger = LoggerFactory.getLogger(HotKeyTracker.class);

	private static final long PAUSE = Duration.ofMinutes(1).toNanos();

	private final String client;

	private final LongSupplier nanoTime;

	private final AtomicLong next;

	FailureLog(String client, LongSupplier nanoTime) {
		this.client = client;
		this.nanoTime = nanoTime;
		this.next = new AtomicLong(nanoTime.getAsLong());
	}

	/**
	 * Log a failure, unless one was logged within a minute.
	 * @param message what failed
	 * @param failure why
	 */
	void log(String message, Throwable failure) {
		long now = this.nanoTime.getAsLong();
		long due = this.next.get();
		if (now - due >= 0 && this.next.compareAndSet(due, now + PAUSE)) {
			logger.warn("Hot keys of Redis client '{}': {}: {}", this.client, message, failure.toString());
			logger.debug("Hot keys of Redis client '{}': {}", this.client, message, failure);
		}
	}

}
