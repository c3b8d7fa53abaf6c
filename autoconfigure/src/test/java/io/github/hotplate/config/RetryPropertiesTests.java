package io.github.hotplate.config;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.config.ClientConfig.Retries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RetryProperties}.
 */
class RetryPropertiesTests {

	private final MockEnvironment environment = new MockEnvironment().withProperty("foo.url", "redis://localhost");

	@Test
	void defaultsGrowExponentially() {
		assertThat(read()).isEqualTo(new Retries(1000, 3, Duration.ofMillis(10), 2, Duration.ofMillis(100), 0.2,
				Duration.ofSeconds(30), false, false));
	}

	@Test
	void maxRetriesAsksForTheRetryPattern() {
		this.environment.withProperty("foo.retry.max_retries", "3").withProperty("foo.retry.backoff", "5 seconds");
		assertThat(read()).isEqualTo(
				new Retries(4, 3, Duration.ofSeconds(5), 1, Duration.ofSeconds(5), 0, Duration.ofDays(1), false, true));
	}

	@Test
	void patternPausesForFiveSeconds() {
		this.environment.withProperty("foo.retry.max_retries", "2");
		assertThat(read().maxAttempts()).isEqualTo(3);
		assertThat(read().backoff()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void patternGivesWayToExplicitValues() {
		this.environment.withProperty("foo.retry.max_retries", "2")
			.withProperty("foo.retry.backoff", "1s")
			.withProperty("foo.retry.backoff_multiplier", "3")
			.withProperty("foo.retry.max_backoff", "9s")
			.withProperty("foo.retry.jitter", "0.1")
			.withProperty("foo.retry.deadline", "1m")
			.withProperty("foo.retry.cluster_down_retry_attempts", "7")
			.withProperty("foo.retry.non_idempotent", "true");
		assertThat(read()).isEqualTo(new Retries(3, 7, Duration.ofSeconds(1), 3, Duration.ofSeconds(9), 0.1,
				Duration.ofMinutes(1), true, true));
	}

	@Test
	void longestPauseFollowsTheFirst() {
		this.environment.withProperty("foo.retry.backoff", "1s");
		assertThat(read().maxBackoff()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void twoNumbersContradict() {
		this.environment.withProperty("foo.retry.max_retries", "2").withProperty("foo.retry.max_attempts", "3");
		assertThatExceptionOfType(InvalidClientConfigException.class).isThrownBy(this::read)
			.withMessageContaining("foo.retry.max_attempts: conflicts with foo.retry.max_retries");
	}

	private Retries read() {
		return new ClientConfigReader(this.environment).read("foo.").retries();
	}

}
