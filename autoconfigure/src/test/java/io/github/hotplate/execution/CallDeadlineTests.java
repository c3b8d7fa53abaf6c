package io.github.hotplate.execution;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallDeadline}.
 */
class CallDeadlineTests {

	private static final Duration WAIT = Duration.ofSeconds(1);

	private long now = Long.MAX_VALUE - 5;

	@Test
	void waitIsNotLimitedOutsideOfCall() {
		assertThat(CallDeadline.limit(WAIT)).isEqualTo(WAIT);
	}

	@Test
	void waitIsLimitedToWhatIsLeft() {
		try (CallDeadline deadline = start(WAIT.multipliedBy(2))) {
			assertThat(CallDeadline.limit(WAIT)).isEqualTo(WAIT);
			this.now += WAIT.toNanos() + 1;
			assertThat(CallDeadline.limit(WAIT)).isEqualTo(WAIT.minusNanos(1)).isEqualTo(deadline.left());
			this.now += WAIT.toNanos();
			assertThat(CallDeadline.limit(WAIT)).isZero();
			assertThat(deadline.left()).isNegative();
		}
		assertThat(CallDeadline.limit(WAIT)).isEqualTo(WAIT);
	}

	@Test
	void callWithinCallHasDeadlineOfItsOwn() {
		try (CallDeadline outer = start(Duration.ofMillis(2))) {
			try (CallDeadline inner = start(Duration.ofMillis(1))) {
				assertThat(CallDeadline.limit(WAIT)).isEqualTo(inner.left()).isEqualTo(Duration.ofMillis(1));
			}
			assertThat(CallDeadline.limit(WAIT)).isEqualTo(outer.left()).isEqualTo(Duration.ofMillis(2));
		}
	}

	private CallDeadline start(Duration limit) {
		return CallDeadline.start(limit, () -> this.now);
	}

}
