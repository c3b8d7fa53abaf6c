package io.github.hotplate.sentinel;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The thread on which a client hears of events from one of its Sentinels, and from
 * another when that one is lost. Whoever listens is also told after each subscription,
 * since there may have been news meanwhile.
 * <p>
 * A Sentinel whose machine is gone looks like one that has nothing to say. So a
 * subscription without news is renewed after a while, which also brings to light replicas
 * that are fit again: of those Sentinels publish nothing.
 */
final class SentinelSubscription implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SentinelSubscription.class);

	private static final Duration MAX_SILENCE = Duration.ofSeconds(5);

	private final String client;

	private final String master;

	private final SentinelDirectory directory;

	private final JedisClientConfig config;

	private final Runnable listener;

	private final Thread thread;

	private volatile boolean closed;

	private volatile @Nullable SentinelConnection connection;

	private @Nullable HostAndPort followed;

	SentinelSubscription(String client, String master, SentinelDirectory directory, JedisClientConfig config,
			Runnable listener) {
		this.client = client;
		this.master = master;
		this.directory = directory;
		this.config = config;
		this.listener = listener;
		this.thread = new Thread(this::run, "hotplate-" + client + "-sentinel");
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	private void run() {
		BackOff backOff = pauses();
		BackOffExecution pauses = backOff.start();
		while (!isStopped()) {
			if (followAny()) {
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

	private boolean followAny() {
		for (HostAndPort sentinel : this.directory.inOrder()) {
			if (isStopped() || follow(sentinel)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Listen to a Sentinel until that ends.
	 * @param sentinel the Sentinel
	 * @return whether there was anything to listen to
	 */
	private boolean follow(HostAndPort sentinel) {
		boolean subscribed = false;
		try (SentinelConnection opened = new SentinelConnection(sentinel, this.config)) {
			this.connection = opened;
			if (isStopped()) {
				return true;
			}
			opened.initializeFromClientConfig();
			// Any Redis takes a subscription to these channels.
			if (opened.primary(this.master) == null) {
				this.directory.failed(sentinel);
				return false;
			}
			opened.subscribe(SentinelEvent.NAMES);
			subscribed = true;
			noteFollowed(sentinel);
			listen(opened, sentinel);
		}
		catch (JedisException ex) {
			if (!isStopped() && !(subscribed && ex.getCause() instanceof SocketTimeoutException)) {
				noteLost(sentinel, ex);
			}
		}
		return subscribed;
	}

	private void listen(SentinelConnection opened, HostAndPort sentinel) {
		opened.setSoTimeout(Math.toIntExact(MAX_SILENCE.toMillis()));
		tell();
		while (!isStopped()) {
			if (opened.nextEvent().concerns(this.master)) {
				// Who has news is to be asked about them.
				this.directory.answered(sentinel);
				tell();
			}
		}
	}

	private void tell() {
		try {
			this.listener.run();
		}
		catch (RuntimeException ex) {
			logger.warn("A listener failed that was told of the Sentinels of client '{}'", this.client, ex);
		}
	}

	private void noteFollowed(HostAndPort sentinel) {
		this.directory.answered(sentinel);
		if (!Objects.equals(this.followed, sentinel)) {
			this.followed = sentinel;
			logger.info("Client '{}' follows the events of Sentinel {}", this.client, sentinel);
		}
	}

	private void noteLost(HostAndPort sentinel, JedisException ex) {
		this.directory.failed(sentinel);
		if (sentinel.equals(this.followed)) {
			this.followed = null;
			logger.warn("Client '{}' has lost Sentinel {} and turns to another: {}", this.client, sentinel,
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

}
