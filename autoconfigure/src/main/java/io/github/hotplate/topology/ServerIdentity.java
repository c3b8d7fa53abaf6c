package io.github.hotplate.topology;

import java.nio.charset.StandardCharsets;
import java.util.List;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Which server is at the other end of a connection, and in which role.
 *
 * @param runId the ID of the server process, empty if it does not tell
 * @param role its role
 * @see <a href="https://redis.io/docs/latest/commands/role/">ROLE</a>
 */
record ServerIdentity(String runId, Role role) {

	static ServerIdentity of(Connection connection) {
		return new ServerIdentity(ServerInfo.of(connection).runId(), role(connection));
	}

	private static Role role(Connection connection) {
		try {
			Object reply = connection.executeCommand(new CommandArguments(Command.ROLE));
			// Proxies may reply with anything.
			if (!(reply instanceof List<?> list && list.get(0) instanceof byte[] role)) {
				return Role.UNKNOWN;
			}
			return "master".equals(new String(role, StandardCharsets.US_ASCII)) ? Role.PRIMARY : Role.REPLICA;
		}
		catch (JedisDataException ex) {
			return Role.UNKNOWN;
		}
	}

	boolean isPrimary() {
		return this.role == Role.PRIMARY;
	}

	/**
	 * Tell whether a primary has become a replica since.
	 * @param later what the same connection or server said later
	 * @return whether it was demoted
	 */
	boolean isDemotedIn(ServerIdentity later) {
		return isPrimary() && later.role == Role.REPLICA;
	}

	/**
	 * Tell whether two servers are different.
	 * @param other the identity of another server
	 * @return whether they are, as far as they tell
	 */
	boolean isOther(ServerIdentity other) {
		return !this.runId.isEmpty() && !other.runId.isEmpty() && !this.runId.equals(other.runId);
	}

	/**
	 * The role of a server.
	 */
	enum Role {

		PRIMARY, REPLICA, UNKNOWN

	}

}
