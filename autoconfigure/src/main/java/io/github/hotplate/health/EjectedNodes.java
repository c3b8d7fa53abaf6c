package io.github.hotplate.health;

import java.util.Map;

import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.NodeUnreachableException;

/**
 * Knows which nodes have failed and are not to be asked, and finds out when they can be
 * asked again. Thread-safe.
 */
public interface EjectedNodes {

	/**
	 * Tell whether a node is not to be asked.
	 * @param node the node
	 * @return whether it has failed and was not heard of since
	 */
	boolean contains(HostAndPort node);

	/**
	 * Note that a node could not be reached, lost a connection or did not answer in time.
	 * @param node the node
	 * @param failure what happened
	 */
	void failed(HostAndPort node, RuntimeException failure);

	/**
	 * Note that a node has answered, be it with an error. On the way of every command.
	 * @param node the node
	 */
	void answered(HostAndPort node);

	/**
	 * Return what a caller is told who asks for a node that is not to be asked.
	 * @param node the node
	 * @return the exception to throw
	 */
	NodeUnreachableException refusal(HostAndPort node);

	/**
	 * Return which nodes are not to be asked.
	 * @return for how long, by node; as it is at the moment
	 */
	Map<HostAndPort, Ejection> ejections();

}
