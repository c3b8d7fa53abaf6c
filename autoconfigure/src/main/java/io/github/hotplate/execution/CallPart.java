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
	 * Opening connections: name look-up, TLS and authentication included. Also the check
	 * of a connection that may have been lost while it was idle.
	 */
	CONNECT,

	/**
	 * The network and the server, in the attempts that count.
	 */
	SERVER,

	/**
	 * Attempts that had to be repeated, the pauses after them, and waits for the verdict
	 * on a node that may be dead. An attempt of a pipeline that brought some of the
	 * replies is the server's.
	 */
	RETRIES,

	/**
	 * Attempts that led to another node. Where only some commands of a pipeline were
	 * redirected, the time to send those again.
	 */
	REDIRECTS

}
