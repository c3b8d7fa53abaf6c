package io.github.hotplate.execution;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Redis refused a command of a pipeline, and a later command of the same pipeline on one
 * of its keys has run. The command did not run: sent again, it would have changed their
 * order.
 *
 * @since 0.1.0
 */
public class OvertakenCommandException extends DataAccessResourceFailureException {

	public OvertakenCommandException(String message, Throwable cause) {
		super(message, cause);
	}

}
