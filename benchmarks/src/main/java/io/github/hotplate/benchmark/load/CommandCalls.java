package io.github.hotplate.benchmark.load;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.hotplate.test.RedisNode;

/**
 * How many of a load's commands a server has run, as it says itself.
 *
 * @since 0.1.0
 */
public final class CommandCalls {

	private static final List<String> COMMANDS = List.of("cmdstat_set:", "cmdstat_get:", "cmdstat_incr:");

	private static final String CALLS = "calls=";

	private static final long INTERVAL_MILLIS = 2;

	private static final long TIMEOUT_SECONDS = 60;

	private CommandCalls() {
	}

	/**
	 * Count the commands that a server has run since its start.
	 * @param node the server
	 * @return the number of SET, GET and INCR
	 */
	public static long of(RedisNode node) {
		return String.valueOf(node.execute("INFO", "commandstats"))
			.lines()
			.filter((line) -> COMMANDS.stream().anyMatch(line::startsWith))
			.mapToLong(CommandCalls::calls)
			.sum();
	}

	private static long calls(String line) {
		return Stream.of(line.substring(line.indexOf(':') + 1).split(","))
			.filter((field) -> field.startsWith(CALLS))
			.mapToLong((field) -> Long.parseLong(field.substring(CALLS.length())))
			.sum();
	}

	/**
	 * Wait for a server to run more commands.
	 * @param node the server
	 * @param known how many it has run
	 * @return when it had run more, as of {@link System#nanoTime()}
	 * @throws InterruptedException if interrupted
	 */
	public static long awaitMore(RedisNode node, long known) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
		while (of(node) <= known) {
			if (System.nanoTime() - deadline > 0) {
				throw new IllegalStateException(node + " was not used within " + TIMEOUT_SECONDS + " s");
			}
			Thread.sleep(INTERVAL_MILLIS);
		}
		return System.nanoTime();
	}

}
