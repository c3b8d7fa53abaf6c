package io.github.hotplate.config;

/**
 * What an application does if a client's Redis is unreachable at start.
 *
 * @since 0.1.0
 */
public enum StartupFailure {

	/**
	 * Fail the start.
	 */
	FAIL,

	/**
	 * Log a warning and start; the client works as soon as Redis does.
	 */
	WARN

}
