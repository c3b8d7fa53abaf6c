package io.github.hotplate.topology;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.RateLimitedLog;

/**
 * Refreshes the topology in the background, on request and periodically. One refresh runs
 * at a time, no matter how many threads ask, and the next starts a moment after the last
 * one ended; the known topology stays in use meanwhile.
 */
public final class TopologyRefresher {

	private static final Logger logger = LoggerFactory.getLogger(TopologyRefresher.class);

	/**
	 * Well below the 200 ms target for finding a promoted replica, well above the time of
	 * a refresh.
	 */
	private static final Duration MIN_INTERVAL = Duration.ofMillis(50);

	/**
	 * Well below the 300 ms target for recovering from an unannounced failover.
	 */
	private static final Duration RETRY_INTERVAL = Duration.ofMillis(50);

	private final String client;

	private final Runnable refresh;

	private final BackgroundThread thread;

	private final RefreshHistory history;

	private final RateLimitedLog log = new RateLimitedLog(logger);

	private final AtomicBoolean requested = new AtomicBoolean();

	private final AtomicBoolean news = new AtomicBoolean();

	// Confined to the thread, like the fields below.
	private boolean failing;

	private boolean announced;

	private boolean retrying;

	TopologyRefresher(String client, Runnable refresh, BackgroundThread thread, RefreshHistory history) {
		this.client = client;
		this.refresh = refresh;
		this.thread = thread;
		this.history = history;
	}

	void start(Duration period) {
		this.thread.repeat(() -> requestRefresh(RefreshReason.PERIOD), period, period);
	}

	/**
	 * Ask for a refresh, and return at once.
	 * @param reason why
	 */
	public void requestRefresh(RefreshReason reason) {
		if (this.requested.compareAndSet(false, true)) {
			this.thread.submit(() -> begin(reason), Duration.ZERO);
		}
	}

	/**
	 * Request a refresh that starts after this call, and return at once. Meant for
	 * callers that report a change only once. Requests made before the refresh starts
	 * share it.
	 * @param reason why
	 */
	public void requestRefreshAfterNews(RefreshReason reason) {
		this.requested.set(true);
		if (this.news.compareAndSet(false, true)) {
			this.thread.submit(() -> beginAfterNews(reason), Duration.ZERO);
		}
	}

	/**
	 * Go on with a refresh that has failed on another thread, until it succeeds.
	 * @param reason why it was begun
	 */
	public void resume(RefreshReason reason) {
		this.requested.set(true);
		this.thread.submit(() -> run(reason), Duration.ZERO);
	}

	private void beginAfterNews(RefreshReason reason) {
		this.news.set(false);
		begin(reason);
	}

	private void begin(RefreshReason reason) {
		this.history.begun(reason);
		logger.debug("Client '{}' refreshes its topology, reason {}", this.client, reason.label());
		run(reason);
	}

	private void run(RefreshReason reason) {
		try {
			this.history.attempt(this.refresh);
			this.failing = false;
			if (this.announced) {
				this.announced = false;
				logger.info("Client '{}' reached its Redis", this.client);
			}
			// Requests within the interval are dropped, because callers that still fail
			// ask again.
			this.thread.submit(() -> this.requested.set(false), MIN_INTERVAL);
		}
		catch (RuntimeException | Error ex) {
			if (!this.announced) {
				this.announced = warn(ex, reason);
			}
			this.failing = true;
			if (!this.retrying) {
				this.retrying = true;
				this.thread.submit(() -> retry(reason), RETRY_INTERVAL);
			}
		}
	}

	private boolean warn(Throwable failure, RefreshReason reason) {
		String pattern = "Client '{}' cannot learn the topology and is retrying (refresh reason {}): {}";
		String cause = RefreshHistory.describe(failure);
		return this.failing ? this.log.warnLater(this.client, pattern, this.client, reason.label(), cause)
				: this.log.warn(this.client, pattern, this.client, reason.label(), cause);
	}

	private void retry(RefreshReason reason) {
		this.retrying = false;
		run(reason);
	}

}
