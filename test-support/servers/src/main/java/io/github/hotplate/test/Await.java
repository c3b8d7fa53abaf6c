package io.github.hotplate.test;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Waits until nothing stands in the way, and says what did when it gives up.
 */
final class Await {

	private static final int POLL_INTERVAL_MILLIS = 5;

	private Await() {
	}

	/**
	 * Ask until there is no obstacle. A node that cannot be reached or refuses a command
	 * is one.
	 * @param goal what is waited for, completing the sentence "Gave up waiting for"
	 * @param timeout how long to wait
	 * @param obstacle what is still in the way, or {@code null} when the goal is reached
	 * @throws EmbeddedRedisException on time-out, or when the thread is interrupted
	 */
	static void until(String goal, Duration timeout, Supplier<@Nullable String> obstacle) {
		long deadline = System.nanoTime() + timeout.toNanos();
		String current = current(obstacle);
		while (current != null) {
			if (System.nanoTime() - deadline > 0) {
				throw new EmbeddedRedisException(
						"Gave up waiting for %s after %d ms: %s".formatted(goal, timeout.toMillis(), current));
			}
			pause(goal);
			current = current(obstacle);
		}
	}

	private static @Nullable String current(Supplier<@Nullable String> obstacle) {
		try {
			return obstacle.get();
		}
		catch (JedisException ex) {
			return ex.toString();
		}
	}

	private static void pause(String goal) {
		try {
			Thread.sleep(POLL_INTERVAL_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EmbeddedRedisException("Interrupted while waiting for " + goal, ex);
		}
	}

}
