package io.github.hotplate.cluster;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link BackgroundThread}.
 */
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
	void closedThreadRunsNothing() {
		this.thread.close();
		assertThatNoException().isThrownBy(() -> this.thread.submit(this.runs::incrementAndGet, Duration.ZERO));
		assertThatNoException().isThrownBy(() -> this.thread.repeat(this.runs::incrementAndGet, Duration.ZERO, PAUSE));
		assertThat(this.runs).hasValue(0);
	}

}
