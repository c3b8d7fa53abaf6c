package io.github.hotplate.execution;

import org.springframework.dao.NonTransientDataAccessResourceException;

/**
 * The calling thread was interrupted while a blocking command waited, or while a
 * connection was opened. The command did not run, and the thread's interrupted state is
 * set.
 *
 * @since 0.1.0
 */
public class CallInterruptedException extends NonTransientDataAccessResourceException {

	public CallInterruptedException(String message) {
		super(message);
	}

}
