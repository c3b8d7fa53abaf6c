package io.github.hotplate.retry;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfig.Retries;

/**
 * The pauses between the attempts of a client's code, in milliseconds, as many as there
 * may be retries. Thread-safe.
 */
final class RetryPauses implements BackOff {

	private final Retries settings;

	private final RetryWarnings warnings;

	RetryPauses(ClientConfig client) {
		this.settings = client.retries();
		this.warnings = new RetryWarnings(client, System::nanoTime);
	}

	/**
	 * Return the pauses between the attempts of a command, without end. Spring cuts each
	 * to a whole number, so that one of 1 ms would never grow by a factor below 2 if it
	 * were counted in milliseconds.
	 * @param settings how long to pause
	 * @return the pauses, in nanoseconds
	 */
	static ExponentialBackOff inNanos(Retries settings) {
		ExponentialBackOff backOff = new ExponentialBackOff(settings.backoff().toNanos(), settings.multiplier());
		backOff.setMaxInterval(settings.maxBackoff().toNanos());
		backOff.setJitter(Math.round(settings.backoff().toNanos() * settings.jitter()));
		return backOff;
	}

	@Override
	public BackOffExecution start() {
		ExponentialBackOff backOff = inNanos(this.settings);
		backOff.setMaxAttempts(this.settings.maxAttempts() - 1L);
		BackOffExecution nanos = backOff.start();
		AtomicInteger pauses = new AtomicInteger();
		return () -> next(pauses.incrementAndGet(), nanos.nextBackOff());
	}

	private long next(int ordinal, long nanos) {
		if (nanos == BackOffExecution.STOP) {
			return BackOffExecution.STOP;
		}
		Duration pause = Duration.ofNanos(nanos);
		this.warnings.announce(ordinal, pause);
		return pause.plusNanos(999_999).toMillis();
	}

}
