package io.github.hotplate.benchmark.lostreply;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * A cluster that every client reaches through proxies, which lose replies to INCR.
 */
final class LossyCluster implements AutoCloseable {

	private final EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().proxied(true).start();

	private final AtomicInteger increments = new AtomicInteger();

	private final AtomicInteger lost = new AtomicInteger();

	private final int every;

	/**
	 * Start a cluster.
	 * @param every which replies to lose: every tenth with 10
	 */
	LossyCluster(int every) {
		this.every = every;
		this.cluster.nodes().forEach((node) -> this.cluster.proxyOf(node).loseReplies("INCR", this::loses));
	}

	private boolean loses() {
		if (this.increments.incrementAndGet() % this.every != 0) {
			return false;
		}
		this.lost.incrementAndGet();
		return true;
	}

	/**
	 * Return the proxies' addresses.
	 * @return a URL
	 */
	String url() {
		return this.cluster.url();
	}

	/**
	 * Return how many replies were lost so far.
	 * @return the number of replies to INCR that no client has seen
	 */
	int lost() {
		return this.lost.get();
	}

	@Override
	public void close() {
		this.cluster.close();
	}

}
