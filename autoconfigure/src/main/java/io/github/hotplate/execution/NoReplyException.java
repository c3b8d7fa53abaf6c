package io.github.hotplate.execution;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A node received a command and did not reply in time. It may still be running it.
 *
 * @since 0.1.0
 */
public class NoReplyException extends JedisConnectionException {

	private final transient HostAndPort node;

	/**
	 * Create an exception.
	 * @param node the node that was asked
	 * @param timeout how the wait ended
	 */
	public NoReplyException(HostAndPort node, JedisConnectionException timeout) {
		super("No reply from " + node + " in time: " + timeout.getMessage(), timeout.getCause());
		this.node = node;
	}

	/**
	 * Return the node that did not reply.
	 * @return its address
	 */
	public HostAndPort node() {
		return this.node;
	}

}
