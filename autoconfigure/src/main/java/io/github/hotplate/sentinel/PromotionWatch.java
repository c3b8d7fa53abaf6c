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

import io.github.hotplate.support.ClientThreads;

/**
 * Asks the replica that a Sentinel promotes, every few milliseconds, until it is the
 * primary. Sentinels look at it once a second only, and in an orderly failover the old
 * primary takes writes meanwhile that will be lost. Thread-safe.
 * <p>
 * The thread lives until the replica is the primary, the Sentinel has given up the
 * failover, or the Sentinel's time for it is over. The same promotion is watched once.
 */
final class PromotionWatch implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PromotionWatch.class);

	private static final Duration INTERVAL = Duration.ofMillis(5);

	private final String client;

	private final JedisClientConfig config;

	private final Consumer<SentinelView> listener;

	private final LongSupplier nanoTime;

	private @Nullable SentinelView promotion;

	private @Nullable Thread thread;

	private boolean closed;

	/**
	 * Create a watch.
	 * @param client the name of the client
	 * @param config how replicas are connected to
	 * @param listener is told on the watch's thread that a replica has been promoted, and
	 * what the Sentinel said that did it; never throws
	 * @param nanoTime tells the time
	 */
	PromotionWatch(String client, JedisClientConfig config, Consumer<SentinelView> listener, LongSupplier nanoTime) {
		this.client = client;
		this.config = config;
		this.listener = listener;
		this.nanoTime = nanoTime;
	}

	/**
	 * Begin or stop to watch. What one Sentinel promotes is no other one's to revoke.
	 * @param view what a Sentinel says
	 */
	synchronized void observe(SentinelView view) {
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
				this.thread = ClientThreads.create(this.client, "promotion", this::run);
				this.thread.start();
			}
		}
	}

	private void run() {
		SentinelView watched = begin(null);
		while (watched != null) {
			watch(watched);
			watched = begin(watched);
		}
	}

	/**
	 * Return what is to be watched next, and end the thread where there is nothing.
	 * @param former what was watched before
	 * @return what to watch
	 */
	private synchronized @Nullable SentinelView begin(@Nullable SentinelView former) {
		SentinelView next = this.promotion;
		if (next == null || next == former || Thread.currentThread().isInterrupted()) {
			this.thread = null;
			return null;
		}
		return next;
	}

	private void watch(SentinelView watched) {
		if (awaitRole(watched) == NodeRole.PRIMARY) {
			logger.info("Client '{}' found {} promoted before Sentinel {} announced it", this.client,
					watched.successor(), watched.sentinel());
			this.listener.accept(watched);
		}
	}

	/**
	 * Ask the replica until there is no use in asking again.
	 * @param watched what is watched
	 * @return what the replica said last
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
	 * Tell after a moment whether there is still something to wait for.
	 * @param watched what is watched
	 * @param start when that began, in nanoseconds
	 * @return whether to go on
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
	 * Watch nothing any more. The thread is not waited for.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.promotion = null;
		notifyAll();
	}

}
