package io.github.hotplate.config;

import java.time.Duration;

import io.github.hotplate.config.ClientConfig.Retries;

/**
 * The {@code retry.*} keys of a client. {@code retry.max_retries} selects the retry
 * pattern, a number of retries with a constant pause, and changes the defaults of the
 * other keys accordingly.
 */
final class RetryProperties {

	private static final Duration PATTERN_BACKOFF = Duration.ofSeconds(5);

	// The pattern has no deadline. This is the maximum of a duration.
	private static final Duration PATTERN_DEADLINE = Duration.ofDays(1);

	private final PrefixedProperties properties;

	RetryProperties(PrefixedProperties properties) {
		this.properties = properties;
	}

	Retries read() {
		Integer maxRetries = this.properties.find(ClientProperties.RETRY_MAX_RETRIES);
		return (maxRetries != null) ? pattern(maxRetries) : exponential();
	}

	private Retries exponential() {
		Duration backoff = this.properties.get(ClientProperties.RETRY_BACKOFF);
		return new Retries(this.properties.get(ClientProperties.RETRY_MAX_ATTEMPTS),
				this.properties.get(ClientProperties.RETRY_CLUSTER_DOWN_RETRY_ATTEMPTS), backoff,
				this.properties.get(ClientProperties.RETRY_BACKOFF_MULTIPLIER), maxBackoff(backoff),
				this.properties.get(ClientProperties.RETRY_JITTER),
				this.properties.get(ClientProperties.RETRY_DEADLINE),
				this.properties.get(ClientProperties.RETRY_NON_IDEMPOTENT), false);
	}

	private Retries pattern(int maxRetries) {
		ConfigValue maxAttempts = this.properties.findValue(ClientProperties.RETRY_MAX_ATTEMPTS);
		if (maxAttempts != null) {
			throw maxAttempts.invalid(
					"conflicts with " + this.properties.propertyName(ClientProperties.RETRY_MAX_RETRIES),
					"Remove " + maxAttempts.key() + ", or "
							+ this.properties.propertyName(ClientProperties.RETRY_MAX_RETRIES) + ".");
		}
		Duration backoff = this.properties.get(ClientProperties.RETRY_BACKOFF, PATTERN_BACKOFF);
		return new Retries(maxRetries + 1,
				this.properties.get(ClientProperties.RETRY_CLUSTER_DOWN_RETRY_ATTEMPTS, maxRetries), backoff,
				this.properties.get(ClientProperties.RETRY_BACKOFF_MULTIPLIER, 1.0), maxBackoff(backoff),
				this.properties.get(ClientProperties.RETRY_JITTER, 0.0),
				this.properties.get(ClientProperties.RETRY_DEADLINE, PATTERN_DEADLINE),
				this.properties.get(ClientProperties.RETRY_NON_IDEMPOTENT), true);
	}

	private Duration maxBackoff(Duration backoff) {
		return this.properties.atLeast(ClientProperties.RETRY_MAX_BACKOFF, ClientProperties.RETRY_BACKOFF, backoff);
	}

}
