package io.github.hotplate.routing;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.NothingSentException;

/**
 * A transaction on one connection: {@code MULTI}, and once Redis has accepted it, the
 * commands and {@code EXEC} together. An ACL may forbid {@code MULTI}, and without it the
 * commands would run one by one.
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
	 * @throws NothingSentException if the connection was lost before any command was sent
	 */
	static @Nullable Object run(List<CommandObject<?>> commands, Connection connection) {
		begin(connection);
		boolean ended = false;
		try {
			commands.forEach((command) -> connection.sendCommand(command.getArguments()));
			connection.sendCommand(Command.EXEC);
			Object reply = reply(connection, commands.size());
			ended = true;
			return (reply instanceof List<?> results) ? unmask(commands, results, connection) : null;
		}
		catch (DiscardedException ex) {
			ended = true;
			throw ex.reason;
		}
		finally {
			if (!ended) {
				connection.setBroken();
			}
		}
	}

	private static void begin(Connection connection) {
		try {
			connection.executeCommand(Command.MULTI);
		}
		catch (JedisConnectionException ex) {
			throw new NothingSentException(ex);
		}
	}

	// Redis runs nothing of a transaction with a command that it refused, even where the
	// reply to EXEC is lost.
	private static @Nullable Object reply(Connection connection, int commands) {
		JedisDataException refusal = null;
		try {
			for (int i = 0; i < commands; i++) {
				refusal = firstRefusal(connection, refusal);
			}
			Object reply = connection.getOne();
			if (refusal != null) {
				throw refusal;
			}
			return reply;
		}
		catch (JedisConnectionException ex) {
			throw (refusal != null) ? refusal : ex;
		}
		catch (JedisDataException ex) {
			JedisDataException reason = (refusal != null) ? refusal : ex;
			// After any other error the connection may still be in the transaction.
			throw String.valueOf(ex.getMessage()).startsWith(ErrorReply.EXECABORT.name())
					? new DiscardedException(reason) : reason;
		}
	}

	private static @Nullable JedisDataException firstRefusal(Connection connection,
			@Nullable JedisDataException before) {
		try {
			connection.getOne();
			return before;
		}
		catch (JedisDataException ex) {
			return (before != null) ? before : ex;
		}
	}

	private static List<@Nullable Object> unmask(List<CommandObject<?>> commands, List<?> results,
			Connection connection) {
		List<@Nullable Object> unmasked = new ArrayList<>(results);
		for (int i = 0; i < commands.size() && i < results.size(); i++) {
			if (results.get(i) instanceof JedisDataException error) {
				unmasked.set(i, ScriptProbe.unmask(error, commands.get(i).getArguments(), false, connection));
			}
		}
		return unmasked;
	}

	/**
	 * The transaction was discarded, and the connection takes commands again.
	 */
	private static final class DiscardedException extends JedisDataException {

		private final transient JedisDataException reason;

		DiscardedException(JedisDataException reason) {
			super(reason);
			this.reason = reason;
		}

	}

}
