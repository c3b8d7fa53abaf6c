package io.github.hotplate.routing;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

import io.github.hotplate.topology.ClusterSlots;

/**
 * Resolves redirections to nodes. Thread-safe.
 */
final class Redirections {

	/**
	 * How often a command is redirected before it fails.
	 */
	static final int LIMIT = 5;

	private final NodeConnectionProvider connections;

	Redirections(NodeConnectionProvider connections) {
		this.connections = connections;
	}

	/**
	 * Return the target of a redirection. Moved slots are learned in the background.
	 * @param redirection the redirection
	 * @param from the node that redirected
	 * @return the node to send the command to
	 */
	HostAndPort target(JedisRedirectionException redirection, HostAndPort from) {
		if (redirection instanceof JedisMovedDataException) {
			this.connections.noteMoved();
		}
		HostAndPort named = redirection.getTargetNode();
		HostAndPort target = ClusterSlots.isAnnounced(named.getHost()) ? named
				: new HostAndPort(from.getHost(), named.getPort());
		this.connections.noteMove(from);
		this.connections.noteMove(target);
		return target;
	}

}
