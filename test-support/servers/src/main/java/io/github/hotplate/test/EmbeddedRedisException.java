package io.github.hotplate.test;

import org.jspecify.annotations.Nullable;

/**
 * An embedded Redis could not be started, changed or brought back to health. The message
 * carries the last lines of the server's own log where there are any.
 *
 * @since 0.1.0
 */
public final class EmbeddedRedisException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	EmbeddedRedisException(String message) {
		super(message);
	}

	EmbeddedRedisException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
