package io.github.hotplate.routing;

import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A transaction on one connection: {@code MULTI}, the commands and {@code EXEC} are
 * written together, and then all replies are read.
 *
 * @see <a href="https://redis.io/docs/latest/develop/using-commands/transactions/">Redis
 * transactions</a>
 */
final class WireTransaction {

	private WireTransaction() {
	}

	/**
	 * Run a transaction.
	 * @param commands the commands
	 * @param connection the connection
	 * @return the reply to {@code EXEC}, {@code null} if a watched key was changed
	 * @throws JedisDataException if Redis refused a command and therefore the
	 * transaction: the first refusal
	 */
	static @Nullable Object run(List<CommandObject<?>> commands, Connection connection) {
		boolean complete = false;
		try {
			connection.sendCommand(Command.MULTI);
			commands.forEach((command) -> connection.sendCommand(command.getArguments()));
			connection.sendCommand(Command.EXEC);
			List<Object> replies = connection.getMany(commands.size() + 2);
			complete = true;
			return reply(replies);
		}
		finally {
			if (!complete) {
				connection.setBroken();
			}
		}
	}

	private static @Nullable Object reply(List<Object> replies) {
		for (Object reply : replies) {
			if (reply instanceof JedisDataException refusal) {
				throw refusal;
			}
		}
		return replies.get(replies.size() - 1);
	}

}
