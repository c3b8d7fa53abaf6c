package io.github.hotplate.penalty;

import redis.clients.jedis.HostAndPort;

/**
 * Finds out whether a node can be used again. Called on the penalty box's own thread, and
 * has a short time-out of its own: nodes are probed one after the other. What it throws
 * means that the node is still down.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface NodeProber {

	/**
	 * Ask a node.
	 * @param node the node
	 * @return what became of it
	 */
	ProbeOutcome probe(HostAndPort node);

}
