package io.github.hotplate.subscription;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Attempts}.
 */
class AttemptsTests {

	private final Attempts attempts = new Attempts();

	@Test
	void pausesGrowAndStartAnewAfterSuccess() {
		assertThat(IntStream.range(0, 7).mapToObj((i) -> pauseAfterFailure().toMillis())).containsExactly(10L, 20L, 40L,
				80L, 160L, 200L, 200L);
		this.attempts.succeeded();
		assertThat(pauseAfterFailure()).hasMillis(10);
	}

	@Test
	void failuresWithoutEndSlowAttemptsDown() {
		for (int i = 0; i < 50; i++) {
			assertThat(pauseAfterFailure()).isLessThanOrEqualTo(Duration.ofMillis(200));
		}
		assertThat(this.attempts.areManyMore()).isTrue();
		assertThat(pauseAfterFailure()).hasSeconds(1);
		assertThat(this.attempts.areManyMore()).isFalse();
	}

	@Test
	void oneAttemptIsScheduledAtTime() {
		assertThat(this.attempts.schedule()).isTrue();
		assertThat(this.attempts.schedule()).isFalse();
		this.attempts.begin();
		assertThat(this.attempts.schedule()).isTrue();
	}

	private Duration pauseAfterFailure() {
		this.attempts.failed(new IllegalStateException());
		return this.attempts.pause();
	}

}
