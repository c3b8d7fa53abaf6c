package io.github.hotplate.routing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.ShardBoundCommand;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.topology.ServerProcess;

/**
 * One page of {@code SCAN}, {@code HSCAN}, {@code SSCAN} or {@code ZSCAN}. A cursor is a
 * place in a hash table, and each server process hashes by a seed of its own: what one
 * has given means other elements to another, such as the successor after a failover or
 * the same server after a restart. So callers get cursors that carry the process they are
 * from. Another process starts from the beginning, and the caller sees elements twice
 * instead of missing some.
 */
final class CursorPage {

	/**
	 * The longest cursor that a caller can have got: 64 bits from Redis and 32 bits for
	 * the process.
	 */
	private static final int MOST_DIGITS = 29;

	private static final BigInteger PROCESSES = BigInteger.ONE.shiftLeft(32);

	private CursorPage() {
	}

	/**
	 * Fetch a page.
	 * @param <T> the type of the reply
	 * @param command the command
	 * @param connection where to send it
	 * @return the reply
	 */
	static <T> T fetch(CommandObject<T> command, PooledConnection connection) {
		Object reply = connection.executeCommand(adopt(command.getArguments(), connection));
		return command.getBuilder().build(seal(reply, connection, command));
	}

	/**
	 * Run a transaction with commands that fetch pages among others.
	 * @param commands the commands
	 * @param connection where to send them
	 * @return the reply to {@code EXEC}, {@code null} if a watched key was changed
	 */
	static @Nullable Object fetchAll(List<CommandObject<?>> commands, PooledConnection connection) {
		// Asked before MULTI, after which it would be queued.
		ServerProcess.of(connection);
		List<CommandObject<?>> adopted = new ArrayList<>(commands.size());
		commands.forEach((command) -> adopted.add(isPage(command)
				? new CommandObject<>(adopt(command.getArguments(), connection), BuilderFactory.RAW_OBJECT) : command));
		Object replies = WireTransaction.run(adopted, connection);
		if (!(replies instanceof List<?> list)) {
			return replies;
		}
		List<@Nullable Object> sealed = new ArrayList<>(list.size());
		for (int i = 0; i < list.size(); i++) {
			CommandObject<?> command = commands.get(i);
			sealed.add(isPage(command) ? seal(list.get(i), connection, command) : list.get(i));
		}
		return sealed;
	}

	private static boolean isPage(CommandObject<?> command) {
		return CommandSpecs.of(command.getArguments()).cursor();
	}

	/**
	 * Return a command for the server behind a connection.
	 * @param arguments the command, with a cursor of any process
	 * @param connection where it will be sent
	 * @return the command with the cursor as the server knows it
	 */
	static CommandArguments adopt(CommandArguments arguments, PooledConnection connection) {
		int position = isScan(arguments) ? 1 : 2;
		if (arguments.size() <= position) {
			return arguments;
		}
		String text = new String(arguments.get(position).getRaw(), StandardCharsets.US_ASCII);
		// Redis rejects what is no number.
		if (text.isEmpty() || text.equals("0") || text.length() > MOST_DIGITS
				|| !text.chars().allMatch(Character::isDigit)) {
			return arguments;
		}
		BigInteger[] parts = new BigInteger(text).divideAndRemainder(PROCESSES);
		boolean own = parts[1].longValue() == ServerProcess.of(connection);
		CommandArguments adopted = new CommandArguments(arguments.getCommand());
		for (int i = 1; i < arguments.size(); i++) {
			if (i == position) {
				adopted.add(own ? parts[0].toString() : "0");
			}
			else {
				adopted.add(arguments.get(i));
			}
		}
		return adopted;
	}

	private static boolean isScan(CommandArguments arguments) {
		return new String(arguments.getCommand().getRaw(), StandardCharsets.US_ASCII).equalsIgnoreCase("SCAN");
	}

	/**
	 * Return a reply for the caller.
	 * @param reply the reply of the server
	 * @param connection where it came from
	 * @param command the command
	 * @return the reply with a cursor that carries its process
	 */
	static @Nullable Object seal(@Nullable Object reply, PooledConnection connection, CommandObject<?> command) {
		if (!(reply instanceof List<?> page) || page.isEmpty() || !(page.get(0) instanceof byte[] raw)) {
			return reply;
		}
		BigInteger cursor = new BigInteger(new String(raw, StandardCharsets.US_ASCII));
		if (cursor.signum() == 0 && !(command instanceof ShardBoundCommand.Page)) {
			return reply;
		}
		List<@Nullable Object> sealed = new ArrayList<>(page);
		sealed.set(0,
				cursor.multiply(PROCESSES)
					.add(BigInteger.valueOf(ServerProcess.of(connection)))
					.toString()
					.getBytes(StandardCharsets.US_ASCII));
		return sealed;
	}

}
