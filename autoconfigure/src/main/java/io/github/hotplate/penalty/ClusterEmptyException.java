package io.github.hotplate.penalty;

import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Thrown when every server of a sharded client is in the penalty box. Nothing was sent,
 * so the call may be retried; it can succeed as soon as one server has returned.
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
		super("Client '" + client + "' has ejected all its servers and is probing them. Check that the servers in "
				+ client + ".url are running");
	}

}
