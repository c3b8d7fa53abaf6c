package io.github.hotplate.sentinel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.support.DaemonThreads;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;
import io.github.hotplate.support.RateLimitedLog;

/**
 * Asks the replica that a Sentinel promotes, every few milliseconds, until it is the
 * primary. Sentinels check only once a second, and in an orderly failover the old primary
 * meanwhile accepts writes that will be lost. Thread-safe.
 * <p>
 * The thread ends when the replica is the primary, the Sentinel has abandoned the
 * failover, or the failover time-out of the Sentinel has passed. The same promotion is
 * watched only once, successful or not.
 */
final class PromotionWatch implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PromotionWatch.class);

	private static final Duration INTERVAL = Duration.ofMillis(5);

	private final String client;

	private final JedisClientConfig config;

	private final Consumer<SentinelView> listener;

	private final MonitoringFailures failures;

	private final LongSupplier nanoTime;

	private final RateLimitedLog log;

	private @Nullable SentinelView promotion;

	private @Nullable Thread thread;

	private boolean closed;

	/**
	 * Create a watch.
	 * @param client the name of the client
	 * @param config the configuration of connections to replicas
	 * @param listener is called on the watch's thread when a replica has been promoted,
	 * with the view of the promoting Sentinel
	 * @param failures counts the failures of the listener
	 * @param nanoTime the clock
	 */
	PromotionWatch(String client, JedisClientConfig config, Consumer<SentinelView> listener,
			MonitoringFailures failures, LongSupplier nanoTime) {
		this.client = client;
		this.config = config;
		this.listener = listener;
		this.failures = failures;
		this.nanoTime = nanoTime;
		this.log = new RateLimitedLog(logger, nanoTime);
	}

	/**
	 * Start or stop watching, depending on the view. Only the promoting Sentinel can
	 * revoke its promotion.
	 * @param view the view of a Sentinel
	 */
	synchronized void watch(SentinelView view) {
		SentinelView watched = this.promotion;
		if (!view.isPromoting()) {
			if (watched != null && watched.sentinel().equals(view.sentinel())) {
				this.promotion = null;
				notifyAll();
			}
		}
		else if (!this.closed && (watched == null || !watched.isSamePromotion(view))) {
			this.promotion = view;
			notifyAll();
			if (this.thread == null) {
				this.thread = DaemonThreads.create(this.client, "promotion", this::run);
				this.thread.start();
			}
		}
	}

	private void run() {
		SentinelView watched = begin(null);
		while (watched != null) {
			try {
				awaitPromotion(watched);
			}
			catch (RuntimeException ex) {
				this.failures.note(Part.LISTENER, "promotion of a replica of client '" + this.client + "'", ex);
			}
			watched = begin(watched);
		}
	}

	/**
	 * Return the promotion to watch next, or end the thread if there is none.
	 * @param former the promotion watched before
	 * @return the promotion to watch, or {@code null} if the thread is to end
	 */
	private synchronized @Nullable SentinelView begin(@Nullable SentinelView former) {
		SentinelView next = this.promotion;
		if (next == null || next == former || Thread.currentThread().isInterrupted()) {
			this.thread = null;
			return null;
		}
		return next;
	}

	private void awaitPromotion(SentinelView watched) {
		if (awaitRole(watched) == NodeRole.PRIMARY) {
			this.log.info(watched.successor(),
					"Client '{}' detected the promotion of {} before Sentinel {} announced it", this.client,
					watched.successor(), watched.sentinel());
			this.listener.accept(watched);
		}
	}

	/**
	 * Ask the replica until its answer is final or the watch ends.
	 * @param watched the promotion
	 * @return the last answer of the replica
	 */
	private NodeRole awaitRole(SentinelView watched) {
		long start = this.nanoTime.getAsLong();
		NodeRole role = NodeRole.UNKNOWN;
		while (role == NodeRole.UNKNOWN) {
			// Sentinel closes the replica's connections when it promotes it.
			try (InterruptibleConnection connection = new InterruptibleConnection(watched.successor(), this.config)) {
				role = ask(connection);
				while (role == NodeRole.OTHER && isAwaited(watched, start)) {
					role = ask(connection);
				}
			}
			if (role == NodeRole.UNKNOWN && !isAwaited(watched, start)) {
				return role;
			}
		}
		return role;
	}

	private static NodeRole ask(InterruptibleConnection connection) {
		try {
			if (!connection.isConnected()) {
				connection.initializeFromClientConfig();
			}
			return NodeRole.of(connection);
		}
		catch (JedisException ex) {
			return NodeRole.UNKNOWN;
		}
	}

	/**
	 * Pause, then tell whether the promotion is still awaited.
	 * @param watched the promotion
	 * @param start when the watch began, in nanoseconds
	 * @return whether to ask again
	 */
	private synchronized boolean isAwaited(SentinelView watched, long start) {
		try {
			if (this.promotion == watched) {
				TimeUnit.NANOSECONDS.timedWait(this, INTERVAL.toNanos());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		return this.promotion == watched && this.nanoTime.getAsLong() - start < watched.failoverTimeout().toNanos();
	}

	/**
	 * Stop watching, without waiting for the thread to end.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.promotion = null;
		notifyAll();
	}

}
