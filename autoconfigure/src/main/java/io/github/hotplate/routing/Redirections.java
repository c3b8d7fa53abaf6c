package io.github.hotplate.routing;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Resolves redirections to nodes: those of single commands, pipelines, transactions and
 * {@code WATCH} alike.
 *
 * @see <a href="https://redis.io/docs/latest/commands/cluster-slots/">CLUSTER SLOTS, on
 * preferred endpoints</a>
 */
final class Redirections {

	/**
	 * How often a command is redirected before it fails.
	 */
	static final int LIMIT = 5;

	/**
	 * What a node says for the host of another whose name it has not learned yet.
	 */
	private static final String UNKNOWN_HOST = "?";

	private Redirections() {
	}

	/**
	 * Return the target of a redirection.
	 * @param redirection the redirection
	 * @param from the node that redirected
	 * @return the node to send the command to, or {@code null} if the redirection names
	 * none, so that only the topology can tell
	 */
	static @Nullable HostAndPort target(JedisRedirectionException redirection, HostAndPort from) {
		HostAndPort target = redirection.getTargetNode();
		if (UNKNOWN_HOST.equals(target.getHost())) {
			return null;
		}
		return target.getHost().isEmpty() ? new HostAndPort(from.getHost(), target.getPort()) : target;
	}

}
