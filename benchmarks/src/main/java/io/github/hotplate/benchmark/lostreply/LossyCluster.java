package io.github.hotplate.benchmark.lostreply;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;

/**
 * A cluster whose nodes announce the ports of their proxies, so that every client goes
 * through these without knowing it.
 */
final class LossyCluster implements AutoCloseable {

	private static final int POLL_MILLIS = 20;

	private static final int BUS_OFFSET = 10_000;

	private final EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().start();

	private final AtomicInteger increments = new AtomicInteger();

	private final AtomicInteger lost = new AtomicInteger();

	private final int every;

	private final List<LossyProxy> proxies;

	/**
	 * Start a cluster.
	 * @param every which replies to lose: every tenth with 10
	 * @throws InterruptedException if interrupted
	 */
	LossyCluster(int every) throws InterruptedException {
		this.every = every;
		this.proxies = this.cluster.nodes().stream().map((node) -> new LossyProxy(node, this::loses)).toList();
		for (int i = 0; i < this.proxies.size(); i++) {
			announce(this.cluster.nodes().get(i), this.proxies.get(i).port());
		}
		Set<Long> ports = this.proxies.stream().map((proxy) -> (long) proxy.port()).collect(Collectors.toSet());
		while (!this.cluster.nodes().stream().allMatch((node) -> announced(node).equals(ports))) {
			Thread.sleep(POLL_MILLIS);
		}
	}

	private boolean loses() {
		if (this.increments.incrementAndGet() % this.every != 0) {
			return false;
		}
		this.lost.incrementAndGet();
		return true;
	}

	private static void announce(RedisNode node, int port) {
		node.execute("CONFIG", "SET", "cluster-announce-bus-port", String.valueOf(node.port() + BUS_OFFSET));
		node.execute("CONFIG", "SET", "cluster-announce-port", String.valueOf(port));
	}

	private static Set<Long> announced(RedisNode node) {
		List<?> ranges = (List<?>) Objects.requireNonNull(node.execute("CLUSTER", "SLOTS"));
		return ranges.stream()
			.flatMap((range) -> ((List<?>) range).stream().skip(2))
			.map((address) -> (Long) ((List<?>) address).get(1))
			.collect(Collectors.toSet());
	}

	/**
	 * Return the proxies' addresses.
	 * @return a URL
	 */
	String url() {
		return this.proxies.stream()
			.map((proxy) -> "127.0.0.1:" + proxy.port())
			.collect(Collectors.joining(",", "redis://", ""));
	}

	/**
	 * Return how many replies were lost so far.
	 * @return the number of replies to INCR that no client has seen
	 */
	int lost() {
		return this.lost.get();
	}

	@Override
	public void close() throws IOException {
		this.cluster.close();
		for (LossyProxy proxy : this.proxies) {
			proxy.close();
		}
	}

}
