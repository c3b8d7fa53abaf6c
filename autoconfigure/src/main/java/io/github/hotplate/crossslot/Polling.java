package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.execution.CallInterruptedException;

/**
 * Stands in for a blocking command that no single node can run: tries until there is an
 * element or the command's time-out is over. Holds no connection between two attempts.
 */
final class Polling {

	/**
	 * Time between two attempts: short for the caller, and a negligible load for Redis.
	 */
	static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

	private final LongSupplier nanoTime;

	private final Pause pause;

	/**
	 * Create polling.
	 * @param nanoTime the clock
	 * @param pause waits between two attempts
	 */
	Polling(LongSupplier nanoTime, Pause pause) {
		this.nanoTime = nanoTime;
		this.pause = pause;
	}

	/**
	 * Return a command that retries another until it replies with something.
	 * @param attempt replies with {@code null} if there is nothing yet
	 * @return the command, which replies with {@code null} when its time-out is over; its
	 * last argument is the time-out in seconds, where 0 means none
	 */
	StepwiseCommand untilFound(StepwiseCommand attempt) {
		return (command, steps) -> await(attempt, command, steps);
	}

	private @Nullable Object await(StepwiseCommand attempt, CommandArguments command, Steps steps) {
		long timeout = timeoutNanos(command);
		long start = this.nanoTime.getAsLong();
		Object found = attempt.run(command, steps);
		while (found == null && (timeout == 0 || this.nanoTime.getAsLong() - start < timeout)) {
			pause();
			found = attempt.run(command, steps);
		}
		return found;
	}

	// Rejects an invalid time-out with the words of Redis.
	private static long timeoutNanos(CommandArguments command) {
		String timeout = new String(command.get(command.size() - 1).getRaw(), StandardCharsets.US_ASCII);
		try {
			double seconds = Double.parseDouble(timeout);
			if (seconds < 0) {
				throw new JedisDataException("ERR timeout is negative");
			}
			return (long) (seconds * NANOS_PER_SECOND);
		}
		catch (NumberFormatException ex) {
			throw new JedisDataException("ERR timeout is not a float or out of range", ex);
		}
	}

	private void pause() {
		try {
			this.pause.sleep(PAUSE_NANOS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CallInterruptedException("The thread was interrupted while it waited for an element");
		}
	}

	/**
	 * Waits between two attempts.
	 */
	@FunctionalInterface
	interface Pause {

		/**
		 * Wait.
		 * @param nanos how long
		 * @throws InterruptedException if the thread is interrupted
		 */
		void sleep(long nanos) throws InterruptedException;

	}

}
