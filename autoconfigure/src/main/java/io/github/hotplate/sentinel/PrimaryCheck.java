package io.github.hotplate.sentinel;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Asks nodes whether they are the primary, each once. A Sentinel that lags behind names a
 * primary of yesterday.
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

	private String finding = "none was asked";

	PrimaryCheck(JedisClientConfig config, Interruption interruption) {
		this.config = config;
		this.interruption = interruption;
	}

	/**
	 * Tell whether a node is the primary that a Sentinel holds it to be.
	 * @param node the node
	 * @return whether it says so. ACLs often keep applications from asking; then
	 * Sentinel's word must do
	 */
	boolean isPrimary(HostAndPort node) {
		NodeRole role = role(node);
		return role == NodeRole.PRIMARY || role == NodeRole.SECRET;
	}

	/**
	 * Tell whether a node is the primary that no Sentinel holds it to be yet.
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
				this.finding = node + " says that it is no primary";
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
	 * Return how the last node failed that could not be asked.
	 * @return the failure, or {@code null} where all answered
	 */
	@Nullable JedisException failure() {
		return this.failure;
	}

	/**
	 * Return why the last node does not count as a primary.
	 * @return half a sentence
	 */
	String finding() {
		return this.finding;
	}

}
