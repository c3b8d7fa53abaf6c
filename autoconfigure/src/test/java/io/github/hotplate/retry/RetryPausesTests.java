package io.github.hotplate.retry;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.backoff.BackOffExecution;

import io.github.hotplate.config.ClientConfigReader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RetryPauses}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RetryPausesTests {

	@Test
	void growUpToTheLongest(CapturedOutput output) {
		assertThat(pauses(6, "backoff=10ms", "max_backoff=100ms", "jitter=0")).containsExactly(10L, 20L, 40L, 80L, 100L,
				100L);
		assertThat(output).doesNotContain("Retrying in");
	}

	@Test
	void growFromOneMillisecond() {
		assertThat(pauses(3, "backoff=1ms", "backoff_multiplier=1.5", "jitter=0")).containsExactly(1L, 2L, 3L);
	}

	@Test
	void areThoseOfTheRetryPattern(CapturedOutput output) {
		assertThat(pauses(4, "max_retries=3", "backoff=5 seconds")).containsExactly(5_000L, 5_000L, 5_000L,
				BackOffExecution.STOP);
		assertThat(output.toString().lines().filter((line) -> line.contains("Retrying in 5 seconds")).toList())
			.hasSize(3)
			.allMatch((line) -> line.contains("WARN") && line.contains("'foo'"));
	}

	@ParameterizedTest
	@CsvSource({ "PT5S, 5", "PT0.5S, 0.5", "PT0.01S, 0.01", "PT2M, 120" })
	void areAnnouncedInSeconds(Duration pause, String seconds) {
		assertThat(RetryWarnings.seconds(pause)).isEqualTo(seconds);
	}

	private static List<Long> pauses(int count, String... properties) {
		MockEnvironment environment = new MockEnvironment().withProperty("foo.url", "redis://localhost");
		Stream.of(properties)
			.map((property) -> property.split("="))
			.forEach((property) -> environment.setProperty("foo.retry." + property[0], property[1]));
		BackOffExecution pauses = new RetryPauses(new ClientConfigReader(environment).read("foo.")).start();
		return LongStream.generate(pauses::nextBackOff).limit(count).boxed().toList();
	}

}
