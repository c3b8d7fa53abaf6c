package io.github.hotplate.health;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.hotplate.pool.NodePool;
import io.github.hotplate.pool.ProbeResult;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.RateLimitedLog;

/**
 * Releases callers that are stuck on a node that the cluster has removed or demoted.
 * Jedis has no time-out for writes or for blocking commands, so only closing the socket
 * wakes them. Thread-safe.
 */
public final class CallerRelease {

	private static final Logger logger = LoggerFactory.getLogger(CallerRelease.class);

	private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);

	private final String client;

	private final BackgroundThread thread;

	private final RateLimitedLog log = new RateLimitedLog(logger);

	/**
	 * Create an instance.
	 * @param client the name of the client
	 * @param thread the thread on which nodes are probed
	 */
	public CallerRelease(String client, BackgroundThread thread) {
		this.client = client;
		this.thread = thread;
	}

	/**
	 * Note that the cluster has removed or demoted a node. If the node is silent, the
	 * sockets in use are closed. A node that answers keeps them, because it redirects
	 * commands that it did not run.
	 * @param pool the connections to the node
	 */
	public void givenUp(NodePool pool) {
		this.thread.repeatUntilDone(() -> releaseCallers(pool), Duration.ZERO, PROBE_INTERVAL);
	}

	private boolean releaseCallers(NodePool pool) {
		if (pool.usage().active() == 0) {
			return true;
		}
		ProbeResult result = pool.probe();
		if (result == ProbeResult.SILENT) {
			this.log.warn(pool.address(),
					"Client '{}' closes its connections to {}: the node was removed, demoted or ejected and does not answer",
					this.client, pool.address());
			pool.abandon();
		}
		return result != ProbeResult.NOT_ASKED;
	}

}
