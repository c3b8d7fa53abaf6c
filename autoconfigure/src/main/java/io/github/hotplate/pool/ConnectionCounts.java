package io.github.hotplate.pool;

/**
 * How many connections to a node, or to all nodes, have been opened and closed. A
 * connection counts once it is established, TLS included: for commands, subscriptions,
 * probes and questions about the topology alike. Those outside of the pool do not count:
 * to Sentinels, for hot keys, and for questions of the endpoints.
 *
 * @param created connections that were opened
 * @param closed connections that were closed, by whichever side
 * @since 0.1.0
 */
public record ConnectionCounts(long created, long closed) {

	/**
	 * No connection was ever opened.
	 */
	public static final ConnectionCounts NONE = new ConnectionCounts(0, 0);

	/**
	 * Return how many connections are open.
	 * @return those created and not closed
	 */
	public long open() {
		return this.created - this.closed;
	}

}
