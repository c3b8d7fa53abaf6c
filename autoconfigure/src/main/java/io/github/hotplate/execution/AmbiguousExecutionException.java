package io.github.hotplate.execution;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * A command was sent and its reply was lost, so that Redis may or may not have run it. It
 * was not retried, since that could have run it twice.
 *
 * @since 0.1.0
 */
public class AmbiguousExecutionException extends DataAccessResourceFailureException {

	public AmbiguousExecutionException(String message, Throwable cause) {
		super(message, cause);
	}

}
