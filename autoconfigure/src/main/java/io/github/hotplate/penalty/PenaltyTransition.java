package io.github.hotplate.penalty;

/**
 * What can happen to a node that fails or recovers.
 *
 * @since 0.1.0
 */
public enum PenaltyTransition {

	/**
	 * The node has failed and is ejected.
	 */
	PENALIZED,

	/**
	 * A probe failed, and the node stays ejected for longer.
	 */
	STILL_DOWN,

	/**
	 * The node answers and is in use again.
	 */
	RETURNED,

	/**
	 * The node has failed and stays in use, because {@code penalty_box.max_ejected} nodes
	 * are already ejected. Reported once until one of them returns.
	 */
	SPARED

}
