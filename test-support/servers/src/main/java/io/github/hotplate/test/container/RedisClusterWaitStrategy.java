package io.github.hotplate.test.container;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Waits until every node, asked from this machine, says {@code cluster_state:ok} and
 * lists each slot with a primary and a replica at the announced addresses.
 */
final class RedisClusterWaitStrategy extends AbstractWaitStrategy {

	private static final Duration INTERVAL = Duration.ofMillis(50);

	private static final int NODES_PER_SHARD = 2;

	private final Supplier<List<HostAndPort>> nodes;

	RedisClusterWaitStrategy(Supplier<List<HostAndPort>> nodes) {
		this.nodes = nodes;
	}

	@Override
	protected void waitUntilReady() {
		long deadline = System.nanoTime() + this.startupTimeout.toNanos();
		String problem = findProblem();
		while (problem != null) {
			if (!this.waitStrategyTarget.isRunning()) {
				throw new ContainerLaunchException(
						"The container ended before its Redis Cluster was ready; its log says why");
			}
			if (System.nanoTime() - deadline >= 0) {
				throw new ContainerLaunchException(
						"The Redis Cluster was not ready within %s: %s".formatted(this.startupTimeout, problem));
			}
			pause();
			problem = findProblem();
		}
	}

	private @Nullable String findProblem() {
		return this.nodes.get().stream().map(this::findProblem).filter(Objects::nonNull).findFirst().orElse(null);
	}

	private @Nullable String findProblem(HostAndPort node) {
		try (Jedis jedis = new Jedis(node)) {
			if (!jedis.clusterInfo().contains("cluster_state:ok")) {
				return node + " does not say cluster_state:ok";
			}
			int complete = SlotRange.of(jedis).stream().filter(this::isComplete).mapToInt(SlotRange::size).sum();
			return (complete == Protocol.CLUSTER_HASHSLOTS) ? null
					: "%s knows a primary and a replica of %d slots only".formatted(node, complete);
		}
		catch (JedisException ex) {
			return node + " does not answer: " + ex.getMessage();
		}
	}

	private boolean isComplete(SlotRange range) {
		return range.nodes().size() == NODES_PER_SHARD && this.nodes.get().containsAll(range.nodes());
	}

	private void pause() {
		try {
			TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ContainerLaunchException("Interrupted while waiting for the Redis Cluster", ex);
		}
	}

}
