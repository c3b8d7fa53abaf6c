package io.github.hotplate.support;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts failures of monitoring and of listeners, which never affect commands, and logs
 * them at most once a minute for each part. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MonitoringFailures {

	private static final Logger logger = LoggerFactory.getLogger(MonitoringFailures.class);

	private static final long LOG_INTERVAL = TimeUnit.MINUTES.toNanos(1);

	private final LongSupplier nanoTime;

	private final Tally[] tallies = new Tally[Part.values().length];

	public MonitoringFailures() {
		this(System::nanoTime);
	}

	MonitoringFailures(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		for (int i = 0; i < this.tallies.length; i++) {
			this.tallies[i] = new Tally(nanoTime.getAsLong() - LOG_INTERVAL);
		}
	}

	/**
	 * Note a failure.
	 * @param part the part that failed
	 * @param failure the failure
	 */
	public void note(Part part, Throwable failure) {
		note(part, "", failure);
	}

	/**
	 * Note a failure.
	 * @param part the part that failed
	 * @param what details for the log, such as the name of the client
	 * @param failure the failure
	 */
	public void note(Part part, String what, Throwable failure) {
		Tally tally = this.tallies[part.ordinal()];
		long count = tally.count.incrementAndGet();
		long now = this.nanoTime.getAsLong();
		long last = tally.loggedAt.get();
		if (now - last >= LOG_INTERVAL && tally.loggedAt.compareAndSet(last, now)) {
			logger.warn("Monitoring failure in {} ({} so far); commands are not affected",
					what.isEmpty() ? part.label() : part.label() + " (" + what + ")", count, failure);
		}
	}

	/**
	 * Return how often a part has failed.
	 * @param part the part
	 * @return the number of failures
	 */
	public long count(Part part) {
		return this.tallies[part.ordinal()].count.get();
	}

	/**
	 * A part that can fail without affecting commands.
	 */
	public enum Part {

		/**
		 * The creation of spans.
		 */
		TRACING,

		/**
		 * The meter registry.
		 */
		METRICS,

		/**
		 * The detection of hot keys.
		 */
		HOT_KEYS,

		/**
		 * A listener for retries, parts, hot keys, Sentinels, nodes or shards.
		 */
		LISTENER;

		/**
		 * Return the name of the part for logs and metrics.
		 * @return the name in lower case
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	private static final class Tally {

		private final AtomicLong count = new AtomicLong();

		private final AtomicLong loggedAt;

		Tally(long loggedAt) {
			this.loggedAt = new AtomicLong(loggedAt);
		}

	}

}
