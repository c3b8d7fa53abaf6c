package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisSystemException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Polls in place of a blocking command that no single node can run. Holds no connection
 * between two attempts.
 *
 * @param timeoutNanos how long to try, 0 for ever
 * @param nanoTime tells the time
 */
record Polling(long timeoutNanos, LongSupplier nanoTime) {

	/**
	 * Time between two attempts: short for a caller, and no load for Redis.
	 */
	static final long PAUSE_MILLIS = 20;

	private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Read how long to try from the last argument of a blocking command.
	 * @param command the command
	 * @param nanoTime tells the time
	 * @return the polling
	 * @throws JedisDataException if it is no time-out, as Redis would say
	 */
	static Polling of(CommandArguments command, LongSupplier nanoTime) {
		String timeout = new String(command.get(command.size() - 1).getRaw(), StandardCharsets.US_ASCII);
		try {
			double seconds = Double.parseDouble(timeout);
			if (seconds < 0) {
				throw new JedisDataException("ERR timeout is negative");
			}
			return new Polling((long) (seconds * NANOS_PER_SECOND), nanoTime);
		}
		catch (NumberFormatException ex) {
			throw new JedisDataException("ERR timeout is not a float or out of range", ex);
		}
	}

	/**
	 * Try until there is something.
	 * @param attempt gives something, or {@code null}
	 * @return what it gave, or {@code null} when the time is over
	 */
	@Nullable Object await(Supplier<? extends @Nullable Object> attempt) {
		long start = this.nanoTime.getAsLong();
		Object found = attempt.get();
		while (found == null && (this.timeoutNanos == 0 || this.nanoTime.getAsLong() - start < this.timeoutNanos)) {
			pause();
			found = attempt.get();
		}
		return found;
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RedisSystemException("Interrupted while waiting for an element", ex);
		}
	}

}
