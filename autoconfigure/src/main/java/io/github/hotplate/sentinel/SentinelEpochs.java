package io.github.hotplate.sentinel;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.support.BackgroundThreads;

/**
 * Asks all Sentinels side by side for the number of the last failover, once, before one
 * of them is believed. Later, their subscriptions tell. Thread-safe.
 */
final class SentinelEpochs implements AutoCloseable {

	private static final int THREADS = 8;

	private static final long UNKNOWN = -1;

	/**
	 * How long others may take once one has answered: ample for a live one.
	 */
	private static final Duration PATIENCE = Duration.ofMillis(100);

	/**
	 * How long to wait for the first answer: a little longer than the time-outs of a
	 * connection.
	 */
	private static final Duration LIMIT = Duration.ofSeconds(2);

	private final String master;

	private final JedisClientConfig config;

	private final BackgroundThreads threads;

	private volatile boolean known;

	SentinelEpochs(ClientConfig client, JedisClientConfig config) {
		this.master = Objects.requireNonNull(client.url().sentinelMaster(), "'sentinelMaster' must not be null");
		this.config = config;
		this.threads = new BackgroundThreads(client.name(), "question", THREADS);
	}

	boolean isUnknown() {
		return !this.known;
	}

	/**
	 * Ask the Sentinels.
	 * @param sentinels the Sentinels
	 * @return the highest number that one of them knows, 0 if none knows one
	 */
	long learn(List<HostAndPort> sentinels) {
		BlockingQueue<Long> answers = new LinkedBlockingQueue<>();
		sentinels.forEach((sentinel) -> this.threads.submit(() -> answers.add(ask(sentinel))));
		long highest = UNKNOWN;
		try {
			for (int i = 0; i < sentinels.size(); i++) {
				Duration wait = (highest == UNKNOWN) ? LIMIT : PATIENCE;
				Long answer = answers.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
				if (answer == null) {
					break;
				}
				highest = Math.max(highest, answer);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.known = highest != UNKNOWN;
		return Math.max(0, highest);
	}

	private long ask(HostAndPort sentinel) {
		try (SentinelConnection connection = new SentinelConnection(sentinel, this.config)) {
			connection.initializeFromClientConfig();
			return (connection.primary(this.master) != null) ? connection.epoch(this.master) : UNKNOWN;
		}
		catch (RuntimeException ex) {
			return UNKNOWN;
		}
	}

	@Override
	public void close() {
		this.threads.close();
	}

}
