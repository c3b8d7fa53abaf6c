package io.github.hotplate.execution;

import org.springframework.dao.QueryTimeoutException;

/**
 * No reply came within {@code socket_timeout}, in any attempt. The command only reads or
 * may run twice; for others see {@link AmbiguousExecutionException}.
 *
 * @since 0.1.0
 */
public class CommandTimeoutException extends QueryTimeoutException {

	public CommandTimeoutException(String message, Throwable cause) {
		super(message, cause);
	}

}
