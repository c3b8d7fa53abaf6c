package io.github.hotplate.retry;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line that the retry pattern writes before each pause.
 */
final class RetryWarnings {

	private static final Logger logger = LoggerFactory.getLogger(RetryWarnings.class);

	private RetryWarnings() {
	}

	static void announce(String client, Duration pause) {
		logger.warn("Retrying in {} seconds (client '{}')", seconds(pause), client);
	}

	static String seconds(Duration pause) {
		return BigDecimal.valueOf(pause.toNanos(), 9).round(new MathContext(3)).stripTrailingZeros().toPlainString();
	}

}
