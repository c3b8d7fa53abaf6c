package io.github.hotplate.pool;

import java.time.Duration;

import io.github.hotplate.execution.ConnectionPoolExhaustedException;

/**
 * The permits to use a connection, with words for callers that get none. Thread-safe.
 */
final class Permits {

	private final String client;

	private final ConnectionLimit limit;

	/**
	 * Create an instance.
	 * @param client the name of the client
	 * @param limit bounds the connections
	 */
	Permits(String client, ConnectionLimit limit) {
		this.client = client;
		this.limit = limit;
	}

	/**
	 * Take a permit.
	 * @param wait how long to wait for it
	 * @throws ConnectionPoolExhaustedException if there was none in time
	 */
	void acquire(Duration wait) {
		if (!tryAcquire(wait)) {
			throw exhausted(wait);
		}
	}

	/**
	 * Take a permit if one is free.
	 * @return whether one was taken
	 */
	boolean tryAcquire() {
		return tryAcquire(Duration.ZERO);
	}

	private boolean tryAcquire(Duration wait) {
		try {
			return this.limit.acquire(wait);
		}
		catch (InterruptedException ex) {
			throw interrupted();
		}
	}

	/**
	 * Take a permit for what the client needs to work.
	 * @param wait how long to wait for it
	 * @throws ConnectionPoolExhaustedException if there was none in time
	 */
	void acquireForClient(Duration wait) {
		if (!tryAcquireForClient(wait)) {
			throw exhausted(wait);
		}
	}

	/**
	 * Take a permit for what the client needs to work, if one is free.
	 * @return whether one was taken
	 */
	boolean tryAcquireForClient() {
		return tryAcquireForClient(Duration.ZERO);
	}

	private boolean tryAcquireForClient(Duration wait) {
		try {
			return this.limit.acquireForClient(wait);
		}
		catch (InterruptedException ex) {
			throw interrupted();
		}
	}

	void release() {
		this.limit.release();
	}

	private ConnectionPoolExhaustedException exhausted(Duration wait) {
		return new ConnectionPoolExhaustedException("No connection of client '" + this.client + "' became free within "
				+ wait.toMillis() + " ms: " + this.limit + ". Raise " + this.client + ".max_connections or "
				+ this.client + ".timeout, or look for slow commands");
	}

	private ConnectionPoolExhaustedException interrupted() {
		Thread.currentThread().interrupt();
		return new ConnectionPoolExhaustedException(
				"Interrupted while waiting for a connection of client '" + this.client + "'");
	}

}
