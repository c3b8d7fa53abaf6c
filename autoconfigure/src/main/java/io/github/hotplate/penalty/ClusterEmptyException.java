package io.github.hotplate.penalty;

import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Every server of a sharded client is in the penalty box. Nothing was sent, so the call
 * may be retried; it succeeds as soon as one server has returned.
 *
 * @since 0.1.0
 * @see <a href="https://github.com/Parsely/redis-fluster">fluster's ClusterEmptyError</a>
 */
public class ClusterEmptyException extends RedisConnectionFailureException {

	/**
	 * Create an exception.
	 * @param client the name of the client
	 */
	public ClusterEmptyException(String client) {
		super("All servers of client '" + client + "' are ejected");
	}

}
