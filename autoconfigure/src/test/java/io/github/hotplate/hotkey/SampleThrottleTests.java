package io.github.hotplate.hotkey;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.hotplate.config.ClientConfig.SampleRates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SampleThrottleTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final SampleThrottle throttle = new SampleThrottle(new SampleRates(1, 0.5));

	@Test
	void leavesRatesAloneBelowTheLimit() {
		this.throttle.adjust(SampleThrottle.LIMIT, SECOND);
		assertThat(this.throttle.effective()).isEqualTo(new SampleRates(1, 0.5));
	}

	@Test
	void lowersRatesToTheLimitAndKeepsThemThere() {
		this.throttle.adjust(4 * SampleThrottle.LIMIT, SECOND);
		assertThat(this.throttle.effective()).isEqualTo(new SampleRates(0.25, 0.125));
		assertThat(this.throttle.configured()).isEqualTo(new SampleRates(1, 0.5));
		this.throttle.adjust(SampleThrottle.LIMIT, SECOND);
		assertThat(this.throttle.effective().reads()).isCloseTo(0.25, within(1e-9));
	}

	@Test
	void raisesRatesWhenTrafficFalls() {
		this.throttle.adjust(4 * SampleThrottle.LIMIT, SECOND);
		this.throttle.adjust(SampleThrottle.LIMIT / 2, SECOND);
		assertThat(this.throttle.effective().reads()).isCloseTo(0.5, within(1e-9));
		this.throttle.adjust(0, SECOND);
		assertThat(this.throttle.effective()).isEqualTo(new SampleRates(1, 0.5));
	}

	@Test
	void limitIsPerSecond() {
		this.throttle.adjust(4 * SampleThrottle.LIMIT, SECOND.multipliedBy(4));
		assertThat(this.throttle.effective().reads()).isEqualTo(1);
	}

	@Test
	void followsChangesOfTheConfiguration() {
		this.throttle.adjust(4 * SampleThrottle.LIMIT, SECOND);
		this.throttle.configure(new SampleRates(0.4, 0));
		assertThat(this.throttle.configured()).isEqualTo(new SampleRates(0.4, 0));
		assertThat(this.throttle.effective()).isEqualTo(new SampleRates(0.1, 0));
	}

}
