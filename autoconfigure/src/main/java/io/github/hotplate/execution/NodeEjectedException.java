package io.github.hotplate.execution;

/**
 * The node is in the penalty box and is not asked. Nothing was sent. A command for just
 * this node has nowhere else to go, and fails at once.
 *
 * @since 0.1.0
 */
public class NodeEjectedException extends NodeUnreachableException {

	public NodeEjectedException(String message) {
		super(message, null);
	}

}
