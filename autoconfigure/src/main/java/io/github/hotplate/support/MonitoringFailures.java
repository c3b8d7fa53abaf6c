package io.github.hotplate.support;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures of monitoring and of listeners, which never affect commands. They are counted,
 * and each kind is logged at most once a minute. Thread-safe.
 *
 * @since 0.1.0
 */
public final class MonitoringFailures {

	private static final Logger logger = LoggerFactory.getLogger(MonitoringFailures.class);

	private final RateLimitedLog log;

	private final AtomicLongArray counts = new AtomicLongArray(Part.values().length);

	public MonitoringFailures() {
		this(System::nanoTime);
	}

	MonitoringFailures(LongSupplier nanoTime) {
		this.log = new RateLimitedLog(logger, nanoTime);
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
	 * Note a failure of any kind: a listener whose library is incompatible throws an
	 * {@code Error}.
	 * @param part the part that failed
	 * @param failure the failure
	 * @throws VirtualMachineError the failure, if the virtual machine itself is in
	 * trouble
	 */
	public void noteUnlessFatal(Part part, Throwable failure) {
		if (failure instanceof VirtualMachineError fatal) {
			throw fatal;
		}
		note(part, failure);
	}

	/**
	 * Note a failure.
	 * @param part the part that failed
	 * @param what details for the log, such as the name of the client
	 * @param failure the failure
	 */
	public void note(Part part, String what, Throwable failure) {
		String description = describe(part, what);
		this.log.warn(description, "Monitoring failure in {} ({} so far); commands are not affected", description,
				countOneMore(part), failure);
	}

	/**
	 * Note a failure that is to be expected, such as in a failover. It is logged in one
	 * line; the stack trace is there at level DEBUG.
	 * @param part the part that failed
	 * @param what details for the log
	 * @param failure the failure
	 */
	public void noteExpected(Part part, String what, Throwable failure) {
		String description = describe(part, what);
		this.log.warn(description, "Monitoring failure in {} ({} so far); commands are not affected: {}", description,
				countOneMore(part), failure.toString());
		logger.debug("Monitoring failure in {}", description, failure);
	}

	private long countOneMore(Part part) {
		return this.counts.incrementAndGet(part.ordinal());
	}

	private static String describe(Part part, String what) {
		return what.isEmpty() ? part.label() : part.label() + " (" + what + ")";
	}

	/**
	 * Return how often a part has failed.
	 * @param part the part
	 * @return the number of failures
	 */
	public long count(Part part) {
		return this.counts.get(part.ordinal());
	}

	/**
	 * What can fail without affecting a command.
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
		 * What records requests.
		 */
		REQUESTS,

		/**
		 * A listener for retries, split commands, hot keys, nodes or shards.
		 */
		LISTENER,

		/**
		 * What the endpoints show.
		 */
		ENDPOINT;

		/**
		 * Return the part as it is shown.
		 * @return the name in lower case
		 */
		public String label() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
