package io.github.hotplate.sentinel;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.support.DaemonThreads;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;
import io.github.hotplate.support.RateLimitedLog;

/**
 * The thread on which a client receives the events of one Sentinel. The listener is also
 * called after each subscription, since events may have been missed before.
 * <p>
 * A Sentinel whose machine is gone looks like one without events. A silent subscription
 * is therefore renewed after a while, which also discovers replicas that have recovered,
 * for which Sentinels publish no event.
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

	private final MonitoringFailures failures;

	private final Thread thread;

	private final RateLimitedLog log = new RateLimitedLog(logger);

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile @Nullable SentinelConnection connection;

	// Confined to the thread, like the field below.
	private boolean announced;

	private boolean lost;

	SentinelSubscription(HostAndPort sentinel, String client, String master, SentinelDirectory directory,
			JedisClientConfig config, Listener listener, MonitoringFailures failures) {
		this.sentinel = sentinel;
		this.client = client;
		this.master = master;
		this.directory = directory;
		this.config = config;
		this.listener = listener;
		this.failures = failures;
		this.thread = DaemonThreads.create(client, "sentinel-" + sentinel, this::run);
	}

	void start() {
		this.thread.start();
	}

	private void run() {
		BackOff backOff = pauses();
		BackOffExecution pauses = backOff.start();
		while (!isStopped()) {
			if (subscribe()) {
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
	 * Subscribe to the Sentinel and listen until the subscription ends.
	 * @return whether the subscription succeeded
	 */
	private boolean subscribe() {
		boolean subscribed = false;
		try (SentinelConnection opened = new SentinelConnection(this.sentinel, this.config)) {
			this.connection = opened;
			if (isStopped()) {
				return true;
			}
			opened.initializeFromClientConfig();
			// A data node would accept a subscription to these channels, too.
			if (opened.primary(this.master) == null) {
				this.directory.failed(this.sentinel);
				return false;
			}
			long epoch = opened.epoch(this.master);
			opened.subscribe(SentinelEvent.NAMES);
			subscribed = true;
			noteSubscribed();
			this.listener.subscribed(epoch);
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
				// The Sentinel with the news is asked first.
				this.directory.answered(this.sentinel);
				tell(event.isDecision());
			}
		}
	}

	private void tell(boolean decision) {
		try {
			this.listener.heard(decision);
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.LISTENER, "events of the Sentinels of client '" + this.client + "'", ex);
		}
	}

	private void noteSubscribed() {
		this.lost = false;
		if (!this.announced) {
			this.announced = true;
			logger.info("Client '{}' is subscribed to Sentinel {}", this.client, this.sentinel);
		}
	}

	private void noteLost(JedisException ex) {
		this.directory.failed(this.sentinel);
		if (this.announced && warn(SentinelFailures.message(ex))) {
			this.announced = false;
		}
		this.lost = true;
	}

	private boolean warn(String reason) {
		String pattern = "Client '{}' lost its connection to Sentinel {} and is trying to reconnect: {}";
		return this.lost ? this.log.warnLater(this.sentinel, pattern, this.client, this.sentinel, reason)
				: this.log.warn(this.sentinel, pattern, this.client, this.sentinel, reason);
	}

	private boolean isStopped() {
		return this.closed.getCount() == 0 || Thread.currentThread().isInterrupted();
	}

	private void pause(long millis) {
		try {
			boolean unused = this.closed.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Stop the thread, without waiting for it to end.
	 */
	@Override
	public void close() {
		this.closed.countDown();
		this.thread.interrupt();
		// An interrupt does not end a read from a socket.
		SentinelConnection current = this.connection;
		if (current != null) {
			current.close();
		}
	}

	/**
	 * A listener for events of a Sentinel.
	 */
	interface Listener {

		/**
		 * Called when the Sentinel answers, before it is listened to.
		 * @param epoch the number of the last failover that it knows of
		 */
		void subscribed(long epoch);

		/**
		 * Called when the topology may have changed.
		 * @param decision whether another node is, or is about to be, the primary
		 */
		void heard(boolean decision);

	}

}
