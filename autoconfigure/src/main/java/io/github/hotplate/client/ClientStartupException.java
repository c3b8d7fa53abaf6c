package io.github.hotplate.client;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a client's Redis cannot be used as the application starts. Says what was
 * found and what to do, and never a password.
 *
 * @since 0.1.0
 */
public final class ClientStartupException extends RuntimeException {

	private final String description;

	private final String action;

	ClientStartupException(String description, String action, @Nullable Throwable cause) {
		super(description, cause);
		this.description = description;
		this.action = action;
	}

	/**
	 * Return what was found.
	 * @return a sentence that names the client and its URL, password masked
	 */
	public String getDescription() {
		return this.description;
	}

	/**
	 * Return what to do.
	 * @return a sentence that names the key to change
	 */
	public String getAction() {
		return this.action;
	}

}
