package io.github.hotplate.execution;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * No connection became free within the client's {@code timeout}. Nothing was sent.
 *
 * @since 0.1.0
 */
public class ConnectionPoolExhaustedException extends TransientDataAccessResourceException {

	public ConnectionPoolExhaustedException(String message) {
		super(message);
	}

}
