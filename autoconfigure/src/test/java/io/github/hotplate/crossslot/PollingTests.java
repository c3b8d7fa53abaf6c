package io.github.hotplate.crossslot;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.Commands;
import io.github.hotplate.execution.CallInterruptedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link Polling}.
 */
class PollingTests {

	private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);

	private final Polling polling = new Polling(this.now::get, this.now::addAndGet);

	private final Steps steps = mock(Steps.class);

	private int attempts;

	@Test
	void elementThatIsThereIsReturnedWithoutPause() {
		assertThat(poll(this.polling, "1", 1)).isEqualTo("found");
		assertThat(this.now).hasValue(Long.MAX_VALUE);
	}

	@Test
	void triesEvery20Milliseconds() {
		assertThat(poll(this.polling, "1", 4)).isEqualTo("found");
		assertThat(elapsedMillis()).isEqualTo(60);
	}

	@Test
	void endsWithNothingAfterTheTimeout() {
		assertThat(poll(this.polling, "0.05", 100)).isNull();
		assertThat(this.attempts).isEqualTo(4);
		assertThat(elapsedMillis()).isEqualTo(60);
	}

	@Test
	void neverEndsWithoutTimeout() {
		assertThat(poll(this.polling, "0", 100_000)).isEqualTo("found");
	}

	@Test
	void timeoutThatIsNoneIsRefusedLikeRedis() {
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(() -> poll(this.polling, "soon", 1))
			.withMessage("ERR timeout is not a float or out of range");
		assertThatExceptionOfType(JedisDataException.class).isThrownBy(() -> poll(this.polling, "-1", 1))
			.withMessage("ERR timeout is negative");
		assertThat(this.attempts).isZero();
	}

	@Test
	void interruptedCallerStaysInterrupted() {
		Polling interrupted = new Polling(this.now::get, (nanos) -> {
			throw new InterruptedException();
		});
		assertThatExceptionOfType(CallInterruptedException.class).isThrownBy(() -> poll(interrupted, "1", 2));
		assertThat(Thread.interrupted()).isTrue();
	}

	private @Nullable Object poll(Polling polling, String timeout, int foundAt) {
		return polling.untilFound((command, steps) -> (++this.attempts == foundAt) ? "found" : null)
			.run(Commands.arguments("BLPOP a b " + timeout), this.steps);
	}

	private long elapsedMillis() {
		return TimeUnit.NANOSECONDS.toMillis(this.now.get() - Long.MAX_VALUE);
	}

}
