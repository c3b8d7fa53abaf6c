package io.github.hotplate.penalty;

/**
 * What became of the attempt to find out whether a node can be used again.
 *
 * @since 0.1.0
 */
public enum ProbeOutcome {

	/**
	 * The node serves commands.
	 */
	ALIVE,

	/**
	 * The node could not be reached, gave no answer in time or is not ready to serve.
	 */
	DOWN,

	/**
	 * The node was not asked, for instance because no connection was left. It is asked
	 * soon, and does not wait longer for it.
	 */
	NOT_ASKED

}
