package io.github.hotplate.retry;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.function.LongSupplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.support.RateLimitedLog;

/**
 * The line that the retry pattern writes before each pause. Callers that fail together
 * share it: the first, second and further pauses are each announced once a minute.
 * Thread-safe.
 */
final class RetryWarnings {

	private static final Logger logger = LoggerFactory.getLogger(RetryWarnings.class);

	private static final int MAX_ORDINAL = 10;

	private final String client;

	private final boolean announced;

	private final RateLimitedLog log;

	RetryWarnings(ClientConfig client, LongSupplier nanoTime) {
		this.client = client.name();
		this.announced = client.retries().announced();
		this.log = new RateLimitedLog(logger, nanoTime);
	}

	/**
	 * Announce a pause, if the client is configured as the retry pattern has it.
	 * @param ordinal which pause of the call it is
	 * @param pause how long it is
	 */
	void announce(int ordinal, Duration pause) {
		if (this.announced) {
			this.log.warn(Math.min(ordinal, MAX_ORDINAL), "Retrying in {} seconds (client '{}')", seconds(pause),
					this.client);
		}
	}

	static String seconds(Duration pause) {
		return BigDecimal.valueOf(pause.toNanos(), 9).round(new MathContext(3)).stripTrailingZeros().toPlainString();
	}

}
