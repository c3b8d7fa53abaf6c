package io.github.hotplate.execution;

import org.springframework.dao.NonTransientDataAccessResourceException;

/**
 * The client is closed or about to be, so that it runs no command anymore. The command of
 * this call did not run.
 *
 * @since 0.1.0
 */
public class ClientClosedException extends NonTransientDataAccessResourceException {

	public ClientClosedException(String message) {
		super(message);
	}

}
