package io.github.hotplate.support;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MonitoringFailures}.
 */
@ExtendWith(OutputCaptureExtension.class)
class MonitoringFailuresTests {

	private long now = Long.MAX_VALUE - 5;

	private final MonitoringFailures failures = new MonitoringFailures(() -> this.now);

	@Test
	void failuresAreCountedEachAndLoggedOnceMinute(CapturedOutput output) {
		note(Part.METRICS, "first");
		note(Part.METRICS, "second");
		this.now += Duration.ofMinutes(1).toNanos() - 1;
		note(Part.METRICS, "third");
		this.now += 1;
		note(Part.METRICS, "fourth");
		note(Part.METRICS, "fifth");
		assertThat(output).contains("metrics (1 so far)", "first", "metrics (4 so far)", "fourth")
			.doesNotContain("second", "third", "fifth");
		assertThat(this.failures.count(Part.METRICS)).isEqualTo(5);
	}

	@Test
	void partsAreCountedAndLoggedApart(CapturedOutput output) {
		note(Part.TRACING, "tracer");
		note(Part.LISTENER, "listener");
		assertThat(output).contains("tracer", "listener");
		assertThat(this.failures.count(Part.TRACING)).isOne();
		assertThat(this.failures.count(Part.LISTENER)).isOne();
		assertThat(this.failures.count(Part.METRICS)).isZero();
	}

	@Test
	void logSaysWhatFailed(CapturedOutput output) {
		this.failures.note(Part.HOT_KEYS, "client 'foo' could not sample a command", new IllegalStateException());
		assertThat(output).contains("hot_keys (client 'foo' could not sample a command) (1 so far)");
	}

	private void note(Part part, String message) {
		this.failures.note(part, new IllegalStateException(message));
	}

}
