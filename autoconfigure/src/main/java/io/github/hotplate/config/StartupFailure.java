package io.github.hotplate.config;

/**
 * What an application does when a client's Redis cannot be reached as it starts.
 *
 * @since 0.1.0
 */
public enum StartupFailure {

	/**
	 * Stop the start.
	 */
	FAIL,

	/**
	 * Log a warning and start; the client works as soon as Redis does.
	 */
	WARN

}
