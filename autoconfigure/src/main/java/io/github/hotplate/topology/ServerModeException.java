package io.github.hotplate.topology;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Thrown when a server is not what the client takes it for.
 */
public final class ServerModeException extends DataAccessResourceFailureException {

	private final String action;

	ServerModeException(String description, String action) {
		super(description);
		this.action = action;
	}

	public String getAction() {
		return this.action;
	}

}
