package io.github.hotplate.support;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong beside the commands: while they were observed, or somebody was told of
 * something. It is counted, and logged at most once a minute for each part; the commands
 * know nothing of it. Thread-safe.
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
	 * @param part what failed
	 * @param failure how
	 */
	public void note(Part part, Throwable failure) {
		note(part, "", failure);
	}

	/**
	 * Note a failure.
	 * @param part what failed
	 * @param what more of that, for the log, such as the name of the client
	 * @param failure how
	 */
	public void note(Part part, String what, Throwable failure) {
		Tally tally = this.tallies[part.ordinal()];
		long count = tally.count.incrementAndGet();
		long now = this.nanoTime.getAsLong();
		long last = tally.loggedAt.get();
		if (now - last >= LOG_INTERVAL && tally.loggedAt.compareAndSet(last, now)) {
			logger.warn("Monitoring failed and disturbed no command: {}, {} times so far; logged once a minute",
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
	 * What can fail without a command taking notice.
	 */
	public enum Part {

		/**
		 * What makes spans.
		 */
		TRACING,

		/**
		 * The registry of meters.
		 */
		METRICS,

		/**
		 * What finds hot keys.
		 */
		HOT_KEYS,

		/**
		 * Somebody who is told of repetitions, parts, hot keys, nodes or shards.
		 */
		LISTENER;

		/**
		 * Return the part as it is shown.
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
