package io.github.hotplate.penalty;

import redis.clients.jedis.HostAndPort;

/**
 * Finds out whether a node can be used again. Called on the penalty box's own thread, and
 * needs a short time-out of its own, because nodes are probed one after the other. Any
 * exception means that the node is still down.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface NodeProber {

	/**
	 * Probe a node.
	 * @param node the node
	 * @return the outcome
	 */
	ProbeOutcome probe(HostAndPort node);

}
