package io.github.hotplate.benchmark.failover;

import java.util.concurrent.TimeUnit;

import redis.clients.jedis.Jedis;

import io.github.hotplate.test.RedisNode;

/**
 * Waits for a replica to become a primary, by asking the replica itself.
 */
final class PromotionWatch implements AutoCloseable {

	private static final long INTERVAL_MILLIS = 5;

	private static final long TIMEOUT_SECONDS = 30;

	private final Jedis replica;

	PromotionWatch(RedisNode replica) {
		this.replica = new Jedis(replica.host(), replica.port());
	}

	/**
	 * Wait.
	 * @return when the replica said that it is a primary, as of {@link System#nanoTime()}
	 * @throws InterruptedException if interrupted
	 */
	long await() throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
		while (!isPrimary()) {
			if (System.nanoTime() - deadline > 0) {
				throw new IllegalStateException("The replica was not promoted within " + TIMEOUT_SECONDS + " s");
			}
			Thread.sleep(INTERVAL_MILLIS);
		}
		return System.nanoTime();
	}

	private boolean isPrimary() {
		return "master".equals(this.replica.role().get(0));
	}

	@Override
	public void close() {
		this.replica.close();
	}

}
