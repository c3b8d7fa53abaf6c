package io.github.hotplate.penalty;

import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * Every node is in the penalty box. Nothing was sent, so the call may be repeated; it
 * succeeds as soon as one node has returned, without anybody's doing.
 *
 * @since 0.1.0
 * @see <a href="https://github.com/Parsely/redis-fluster">fluster's ClusterEmptyError</a>
 */
public class ClusterEmptyException extends RedisConnectionFailureException {

	public ClusterEmptyException() {
		super("All clients are down.");
	}

}
