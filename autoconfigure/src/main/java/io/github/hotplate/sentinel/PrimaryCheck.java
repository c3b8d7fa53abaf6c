package io.github.hotplate.sentinel;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAccessControlException;
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

	private final Map<HostAndPort, Boolean> answers = new HashMap<>();

	private @Nullable JedisException failure;

	private String finding = "none was asked";

	PrimaryCheck(JedisClientConfig config) {
		this.config = config;
	}

	boolean isPrimary(HostAndPort node) {
		return this.answers.computeIfAbsent(node, this::ask);
	}

	private boolean ask(HostAndPort node) {
		try (Connection connection = new Connection(node, this.config)) {
			List<?> role = (List<?>) connection.executeCommand(new CommandArguments(Command.ROLE));
			boolean primary = "master".equals(new String((byte[]) role.get(0), StandardCharsets.US_ASCII));
			if (!primary) {
				this.finding = node + " says that it is no primary";
			}
			return primary;
		}
		catch (JedisAccessControlException ex) {
			if (SentinelFailures.isForbidden(ex)) {
				// ACLs often keep applications from ROLE. Then Sentinel's word must do.
				return true;
			}
			return fail(node, ex);
		}
		catch (JedisException ex) {
			return fail(node, ex);
		}
	}

	private boolean fail(HostAndPort node, JedisException ex) {
		this.failure = ex;
		this.finding = node + ": " + SentinelFailures.message(ex);
		return false;
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
