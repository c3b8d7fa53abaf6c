package io.github.hotplate.penalty;

/**
 * What can happen to a node in respect of the penalty box.
 *
 * @since 0.1.0
 */
public enum PenaltyTransition {

	/**
	 * The node has failed and is left out.
	 */
	PENALIZED,

	/**
	 * The node was probed in vain and stays out for longer.
	 */
	STILL_DOWN,

	/**
	 * The node answers and is in use again.
	 */
	RETURNED,

	/**
	 * The node has failed and stays in use, because {@code penalty_box.max_ejected} nodes
	 * are out already. Told once until one of them returns.
	 */
	SPARED

}
