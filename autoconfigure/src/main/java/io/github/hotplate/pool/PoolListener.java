package io.github.hotplate.pool;

import redis.clients.jedis.HostAndPort;

/**
 * Is told how long it takes to get, to open and to use connections. Called by the threads
 * that do so, for each command. Must be quick and thread-safe.
 *
 * @since 0.1.0
 */
public interface PoolListener {

	/**
	 * Called when a caller has got a connection.
	 * @param node the node
	 * @param waitNanos how long it waited because all connections were in use
	 * @param readyNanos how long it then took to open a connection, or to check one that
	 * had been idle for long
	 */
	default void borrowed(HostAndPort node, long waitNanos, long readyNanos) {
	}

	/**
	 * Called when a caller has got no connection: none became free in time, or none could
	 * be opened.
	 * @param node the node
	 * @param waitNanos how long it waited because all connections were in use
	 */
	default void missed(HostAndPort node, long waitNanos) {
	}

	/**
	 * Called when a connection has been opened for a caller.
	 * @param node the node
	 * @param nanos how long that took, login included
	 */
	default void opened(HostAndPort node, long nanos) {
	}

	/**
	 * Called when a caller has returned a connection.
	 * @param node the node
	 * @param nanos how long it was in use
	 */
	default void returned(HostAndPort node, long nanos) {
	}

}
