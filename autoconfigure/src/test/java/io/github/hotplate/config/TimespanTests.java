package io.github.hotplate.config;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Timespan}.
 */
class TimespanTests {

	@ParameterizedTest
	@CsvSource({ "1 millisecond, PT0.001S", "200 milliseconds, PT0.2S", "1 second, PT1S", "3 seconds, PT3S",
			"3  Seconds, PT3S", "1 minute, PT1M", "2 minutes, PT2M", "1 hour, PT1H", "2 hours, PT2H", "1 day, PT24H",
			"5000us, PT0.005S", "5000000ns, PT0.005S", "300ms, PT0.3S", "300 ms, PT0.3S", "3s, PT3S", "2m, PT2M",
			"1h, PT1H", "1d, PT24H", "+3s, PT3S", "PT3S, PT3S", "pt1.5s, PT1.5S", "P1D, PT24H" })
	void readsAllForms(String text, Duration duration) {
		assertThat(Timespan.parse(new ConfigValue("foo.timeout", text, null))).isEqualTo(duration);
	}

}
