package io.github.hotplate.health;

import java.util.Map;

import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.NodeUnreachableException;

/**
 * Knows which nodes are ejected, so that no commands are sent to them, and finds out when
 * they can be used again. Thread-safe.
 */
public interface EjectedNodes {

	/**
	 * Tell whether a node is ejected.
	 * @param node the node
	 * @return whether it has failed and not recovered since
	 */
	boolean contains(HostAndPort node);

	/**
	 * Wait until it is known whether a node that did not answer in time is alive. Returns
	 * at once for any other node. Called for every command.
	 * @param node the node
	 */
	default void awaitVerdict(HostAndPort node) {
	}

	/**
	 * Note that a node could not be reached, lost a connection or did not answer in time.
	 * @param node the node
	 * @param failure the failure
	 */
	void failed(HostAndPort node, RuntimeException failure);

	/**
	 * Note that a node has answered, even with an error. Called for every command.
	 * @param node the node
	 */
	void answered(HostAndPort node);

	/**
	 * Return the exception for a call to an ejected node.
	 * @param node the node
	 * @return the exception to throw
	 */
	NodeUnreachableException refusal(HostAndPort node);

	/**
	 * Return the ejected nodes.
	 * @return the current ejections by node
	 */
	Map<HostAndPort, Ejection> ejections();

}
