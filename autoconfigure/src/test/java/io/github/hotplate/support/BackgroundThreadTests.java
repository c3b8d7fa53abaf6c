package io.github.hotplate.support;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.hamcrest.Matchers.is;

/**
 * Tests for {@link BackgroundThread}.
 */
@ExtendWith(OutputCaptureExtension.class)
class BackgroundThreadTests {

	private static final Duration PAUSE = Duration.ofMillis(1);

	private final BackgroundThread thread = new BackgroundThread("foo", "test");

	private final AtomicInteger runs = new AtomicInteger();

	@AfterEach
	void close() {
		this.thread.close();
	}

	@Test
	void nothingThatIsThrownEndsRepetitions() {
		this.thread.repeat(() -> {
			this.runs.incrementAndGet();
			throw new NoClassDefFoundError("expected");
		}, Duration.ZERO, PAUSE);
		Awaitility.await().until(() -> this.runs.get() >= 3);
	}

	@Test
	void whatIsThrownAgainAndAgainIsLoggedOnce(CapturedOutput output) {
		this.thread.repeatUntilDone(() -> {
			if (this.runs.incrementAndGet() < 4) {
				throw new NoClassDefFoundError("expected");
			}
			return true;
		}, Duration.ZERO, PAUSE);
		Awaitility.await().untilAtomic(this.runs, is(4));
		assertThat(output.toString().split("A task of thread hotplate-foo-test failed", -1)).hasSize(2);
	}

	@Test
	void closedThreadRunsNothing() {
		this.thread.close();
		assertThatNoException().isThrownBy(() -> this.thread.submit(this.runs::incrementAndGet, Duration.ZERO));
		assertThatNoException().isThrownBy(() -> this.thread.repeat(this.runs::incrementAndGet, Duration.ZERO, PAUSE));
		assertThat(this.runs).hasValue(0);
	}

}
