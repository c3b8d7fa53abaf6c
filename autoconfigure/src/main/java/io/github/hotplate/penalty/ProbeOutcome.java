package io.github.hotplate.penalty;

/**
 * The result of probing whether a node can be used again.
 *
 * @since 0.1.0
 */
public enum ProbeOutcome {

	/**
	 * The node serves commands.
	 */
	ALIVE,

	/**
	 * The node could not be reached, did not answer in time or is not ready to serve.
	 */
	DOWN,

	/**
	 * The node was not probed, for instance because no connection was left. It is probed
	 * soon, and its wait does not grow.
	 */
	NOT_ASKED

}
