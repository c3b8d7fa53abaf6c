package io.github.hotplate.sentinel;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks nodes whether they are the primary, each once, since a Sentinel that lags behind
 * names a former primary.
 *
 * @see <a href=
 * "https://redis.io/docs/latest/develop/reference/sentinel-clients/#step-3-call-the-role-command-in-the-target-instance">Guidelines
 * for Redis clients with support for Redis Sentinel</a>
 */
final class PrimaryCheck {

	private final JedisClientConfig config;

	private final Interruption interruption;

	private final Map<HostAndPort, NodeRole> answers = new HashMap<>();

	private @Nullable JedisException failure;

	private String finding = "no node was asked";

	PrimaryCheck(JedisClientConfig config, Interruption interruption) {
		this.config = config;
		this.interruption = interruption;
	}

	/**
	 * Tell whether a node that a Sentinel names as the primary is the primary.
	 * @param node the node
	 * @return whether it says so, or an ACL forbids the question, in which case the
	 * Sentinel is believed
	 */
	boolean isPrimary(HostAndPort node) {
		NodeRole role = role(node);
		return role == NodeRole.PRIMARY || role == NodeRole.SECRET;
	}

	/**
	 * Tell whether a node is the primary although no Sentinel names it yet.
	 * @param node the node
	 * @return whether it says so itself
	 */
	boolean isPromoted(HostAndPort node) {
		return role(node) == NodeRole.PRIMARY;
	}

	private NodeRole role(HostAndPort node) {
		return this.answers.computeIfAbsent(node, this::ask);
	}

	private NodeRole ask(HostAndPort node) {
		try (InterruptibleConnection connection = this.interruption
			.guard(new InterruptibleConnection(node, this.config))) {
			connection.initializeFromClientConfig();
			NodeRole role = NodeRole.of(connection);
			if (role == NodeRole.OTHER) {
				this.finding = node + " says that it is not a primary";
			}
			return role;
		}
		catch (JedisException ex) {
			this.failure = ex;
			this.finding = node + ": " + SentinelFailures.message(ex);
			return NodeRole.UNKNOWN;
		}
	}

	/**
	 * Return the failure of the last node that could not be asked.
	 * @return the failure, or {@code null} if all nodes answered
	 */
	@Nullable JedisException failure() {
		return this.failure;
	}

	/**
	 * Return why the last node does not count as a primary.
	 * @return a phrase for an error message
	 */
	String finding() {
		return this.finding;
	}

}
