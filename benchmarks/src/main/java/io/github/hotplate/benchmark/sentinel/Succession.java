package io.github.hotplate.benchmark.sentinel;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import redis.clients.jedis.exceptions.JedisConnectionException;

import io.github.hotplate.benchmark.load.CommandCalls;
import io.github.hotplate.test.RedisNode;

/**
 * How a replica became the primary.
 *
 * @param successor the replica
 * @param struck when the trouble began, as of {@link System#nanoTime()}
 * @param promoted when the replica said that it is a primary
 * @param used when it had run the first command as such
 */
record Succession(RedisNode successor, long struck, long promoted, long used) {

	private static final long INTERVAL_MILLIS = 2;

	private static final long TIMEOUT_SECONDS = 60;

	/**
	 * Wait for one of the replicas to be promoted and used, by asking them.
	 * @param struck when the trouble began
	 * @param replicas the replicas
	 * @return what happened
	 * @throws InterruptedException if interrupted
	 */
	static Succession await(long struck, List<RedisNode> replicas) throws InterruptedException {
		RedisNode successor = awaitPrimary(replicas);
		long promoted = System.nanoTime();
		// From now on it runs nothing that is merely replicated.
		long used = CommandCalls.awaitMore(successor, CommandCalls.of(successor));
		return new Succession(successor, struck, promoted, used);
	}

	private static RedisNode awaitPrimary(List<RedisNode> replicas) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
		while (System.nanoTime() - deadline < 0) {
			Optional<RedisNode> primary = replicas.stream().filter(Succession::isPrimary).findFirst();
			if (primary.isPresent()) {
				return primary.get();
			}
			Thread.sleep(INTERVAL_MILLIS);
		}
		throw new IllegalStateException("No replica was promoted within " + TIMEOUT_SECONDS + " s");
	}

	private static boolean isPrimary(RedisNode node) {
		try {
			return Objects.requireNonNull((List<?>) node.execute("ROLE")).get(0).equals("master");
		}
		catch (JedisConnectionException ex) {
			// Sentinel closes a replica's connections when it promotes it.
			return false;
		}
	}

}
