package io.github.hotplate.execution;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * No connection to a node could be opened. Nothing was sent, so the call may be retried.
 *
 * @since 0.1.0
 */
public class NodeUnreachableException extends RedisConnectionFailureException {

	public NodeUnreachableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
