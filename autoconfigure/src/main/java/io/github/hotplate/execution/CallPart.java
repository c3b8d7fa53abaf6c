package io.github.hotplate.execution;

/**
 * What the time of a call is spent on.
 *
 * @since 0.1.0
 */
public enum CallPart {

	/**
	 * Waiting until a connection may be used.
	 */
	POOL_WAIT,

	/**
	 * Opening connections: name look-up, TLS and authentication included.
	 */
	CONNECT,

	/**
	 * The network and the server, in the attempts that count.
	 */
	SERVER,

	/**
	 * Attempts that had to be repeated, and the pauses after them.
	 */
	RETRIES,

	/**
	 * Attempts that led to another node.
	 */
	REDIRECTS

}
