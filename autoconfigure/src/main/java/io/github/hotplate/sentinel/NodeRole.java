package io.github.hotplate.sentinel;

import java.nio.charset.StandardCharsets;
import java.util.List;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.ErrorReply;

/**
 * The role that a node reports.
 *
 * @see <a href="https://redis.io/docs/latest/commands/role/">ROLE</a>
 */
enum NodeRole {

	PRIMARY,

	/**
	 * A replica, or a Sentinel.
	 */
	OTHER,

	/**
	 * The client's user is not allowed to ask.
	 */
	SECRET,

	/**
	 * The node did not answer.
	 */
	UNKNOWN;

	static NodeRole of(Connection connection) {
		try {
			List<?> role = (List<?>) connection.executeCommand(new CommandArguments(Command.ROLE));
			return "master".equals(new String((byte[]) role.get(0), StandardCharsets.US_ASCII)) ? PRIMARY : OTHER;
		}
		catch (JedisDataException ex) {
			// By an ACL, or since it was renamed.
			if (ErrorReply.of(ex).isNeverAnswered()) {
				return SECRET;
			}
			throw ex;
		}
	}

}
