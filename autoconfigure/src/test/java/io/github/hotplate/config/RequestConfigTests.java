package io.github.hotplate.config;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestConfig}.
 */
class RequestConfigTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void recordsWithoutTellingByDefault() {
		assertThat(RequestConfig.of(this.environment)).isEqualTo(new RequestConfig(true, false, 0, Duration.ZERO));
	}

	@Test
	void readsRelaxedKeys() {
		this.environment.withProperty("hotplate.request.enabled", "off")
			.withProperty("hotplate.request.server-timing", "true")
			.withProperty("hotplate.request.warn_commands", "40")
			.withProperty("hotplate.request.warnTime", "250 milliseconds");
		assertThat(RequestConfig.of(this.environment))
			.isEqualTo(new RequestConfig(false, true, 40, Duration.ofMillis(250)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "0s", "0 ms", "PT0S" })
	void zeroTimeSwitchesOff(String zero) {
		this.environment.setProperty("hotplate.request.warn_time", zero);
		assertThat(RequestConfig.of(this.environment).warnTime()).isZero();
	}

}
