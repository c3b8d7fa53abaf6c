package io.github.hotplate.execution;

import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A connection was lost before the command was sent on it, which therefore did not run.
 *
 * @since 0.1.0
 */
public class NothingSentException extends JedisConnectionException {

	/**
	 * Create an exception.
	 * @param loss how the connection was lost
	 */
	public NothingSentException(JedisConnectionException loss) {
		super(loss.getMessage(), loss.getCause());
		addSuppressed(loss);
	}

}
