package io.github.hotplate.cluster;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Thrown when a server is not what the client takes it for.
 */
final class ServerModeException extends DataAccessResourceFailureException {

	private final String action;

	ServerModeException(String description, String action) {
		super(description);
		this.action = action;
	}

	String getAction() {
		return this.action;
	}

}
