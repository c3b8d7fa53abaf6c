package io.github.hotplate.sentinel;

import java.net.SocketTimeoutException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.support.ClientThreads;

/**
 * The thread on which a client hears of events from one Sentinel. Whoever listens is also
 * told after each subscription, since there may have been news meanwhile.
 * <p>
 * A Sentinel whose machine is gone looks like one that has nothing to say. So a
 * subscription without news is renewed after a while, which also brings to light replicas
 * that are fit again: of those Sentinels publish nothing.
 */
final class SentinelSubscription implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SentinelSubscription.class);

	private static final Duration MAX_SILENCE = Duration.ofSeconds(5);

	private final HostAndPort sentinel;

	private final String client;

	private final String master;

	private final SentinelDirectory directory;

	private final JedisClientConfig config;

	private final Listener listener;

	private final Thread thread;

	private volatile boolean closed;

	private volatile @Nullable SentinelConnection connection;

	private boolean followed;

	SentinelSubscription(HostAndPort sentinel, String client, String master, SentinelDirectory directory,
			JedisClientConfig config, Listener listener) {
		this.sentinel = sentinel;
		this.client = client;
		this.master = master;
		this.directory = directory;
		this.config = config;
		this.listener = listener;
		this.thread = ClientThreads.create(client, "sentinel-" + sentinel, this::run);
	}

	void start() {
		this.thread.start();
	}

	private void run() {
		BackOff backOff = pauses();
		BackOffExecution pauses = backOff.start();
		while (!isStopped()) {
			if (listen()) {
				pauses = backOff.start();
			}
			pause(pauses.nextBackOff());
		}
	}

	private static BackOff pauses() {
		ExponentialBackOff backOff = new ExponentialBackOff(50, 2);
		backOff.setMaxInterval(2_000);
		return backOff;
	}

	/**
	 * Listen to the Sentinel until that ends.
	 * @return whether there was anything to listen to
	 */
	private boolean listen() {
		boolean subscribed = false;
		try (SentinelConnection opened = new SentinelConnection(this.sentinel, this.config)) {
			this.connection = opened;
			if (isStopped()) {
				return true;
			}
			opened.initializeFromClientConfig();
			// Any Redis takes a subscription to these channels.
			if (opened.primary(this.master) == null) {
				this.directory.failed(this.sentinel);
				return false;
			}
			opened.subscribe(SentinelEvent.NAMES);
			subscribed = true;
			noteFollowed();
			listen(opened);
		}
		catch (JedisException ex) {
			if (!isStopped() && !(subscribed && ex.getCause() instanceof SocketTimeoutException)) {
				noteLost(ex);
			}
		}
		return subscribed;
	}

	private void listen(SentinelConnection opened) {
		opened.setSoTimeout(Math.toIntExact(MAX_SILENCE.toMillis()));
		tell(false);
		while (!isStopped()) {
			SentinelEvent event = opened.nextEvent();
			if (event.concerns(this.master)) {
				// Who has news is to be asked about them.
				this.directory.answered(this.sentinel);
				tell(event.isDecision());
			}
		}
	}

	private void tell(boolean decision) {
		this.listener.heard(decision);
	}

	private void noteFollowed() {
		if (!this.followed) {
			this.followed = true;
			logger.info("Client '{}' follows the events of Sentinel {}", this.client, this.sentinel);
		}
	}

	private void noteLost(JedisException ex) {
		this.directory.failed(this.sentinel);
		if (this.followed) {
			this.followed = false;
			logger.warn("Client '{}' lost Sentinel {} and keeps trying to reach it: {}", this.client, this.sentinel,
					SentinelFailures.message(ex));
		}
	}

	private boolean isStopped() {
		return this.closed || Thread.currentThread().isInterrupted();
	}

	private static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Stop the thread. It is not waited for.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.thread.interrupt();
		// Reading from a socket knows no interrupts.
		SentinelConnection current = this.connection;
		if (current != null) {
			current.close();
		}
	}

	/**
	 * Called with news; never throws.
	 */
	@FunctionalInterface
	interface Listener {

		/**
		 * Hear that the topology may have changed.
		 * @param decision whether that is because another node is, or is going to be, the
		 * primary
		 */
		void heard(boolean decision);

	}

}
