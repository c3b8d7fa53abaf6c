package io.github.hotplate.topology;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

import io.github.hotplate.support.BackgroundThread;

/**
 * Learns the topology anew in the background: when asked, and from time to time. However
 * many threads ask, one refresh runs at a time, and the next starts a moment after the
 * last ended; the known topology serves meanwhile.
 */
public final class TopologyRefresher {

	private static final Logger logger = LoggerFactory.getLogger(TopologyRefresher.class);

	/**
	 * Short beside the 200 ms in which a promoted replica shall be found, long beside a
	 * refresh.
	 */
	private static final Duration MIN_INTERVAL = Duration.ofMillis(50);

	/**
	 * Short beside the 300 ms in which commands shall succeed after a failover of which
	 * nobody tells.
	 */
	private static final Duration RETRY_INTERVAL = Duration.ofMillis(50);

	private final String client;

	private final Runnable refresh;

	private final BackgroundThread thread;

	private final AtomicBoolean requested = new AtomicBoolean();

	private final AtomicBoolean news = new AtomicBoolean();

	private boolean failing;

	private boolean retrying;

	TopologyRefresher(String client, Runnable refresh, BackgroundThread thread) {
		this.client = client;
		this.refresh = refresh;
		this.thread = thread;
	}

	void start(Duration period) {
		this.thread.repeat(this::requestRefresh, period, period);
	}

	/**
	 * Ask for a refresh, and return at once.
	 */
	public void requestRefresh() {
		if (this.requested.compareAndSet(false, true)) {
			this.thread.submit(this::run, Duration.ZERO);
		}
	}

	/**
	 * Ask for a refresh that begins after now, and return at once. Meant for those who
	 * have heard something and will not ask again. News that come before it begins share
	 * it.
	 */
	public void requestRefreshAfterNews() {
		this.requested.set(true);
		if (this.news.compareAndSet(false, true)) {
			this.thread.submit(this::runAfterNews, Duration.ZERO);
		}
	}

	private void runAfterNews() {
		this.news.set(false);
		run();
	}

	private void run() {
		try {
			this.refresh.run();
			if (this.failing) {
				this.failing = false;
				logger.info("Client '{}' has reached its Redis", this.client);
			}
			// Asking again before changes nothing; whoever still fails then asks again.
			this.thread.submit(() -> this.requested.set(false), MIN_INTERVAL);
		}
		catch (RuntimeException | Error ex) {
			if (!this.failing) {
				this.failing = true;
				logger.warn("Client '{}' cannot learn the topology of its Redis and keeps trying: {}", this.client,
						(ex instanceof DataAccessException) ? ex.getMessage() : ex.toString());
			}
			if (!this.retrying) {
				this.retrying = true;
				this.thread.submit(this::retry, RETRY_INTERVAL);
			}
		}
	}

	private void retry() {
		this.retrying = false;
		run();
	}

}
