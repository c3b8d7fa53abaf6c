package io.github.hotplate.topology;

import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Thrown when the mode of a server does not match the configuration of the client.
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
