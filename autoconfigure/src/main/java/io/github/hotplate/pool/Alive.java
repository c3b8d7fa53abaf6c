package io.github.hotplate.pool;

import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.ErrorReply;

/**
 * A question that any server answers at once. Jedis throws away the replies of its own
 * handshake, so that a server which takes no more connections would tell the first
 * command so, or just close the socket. Internal.
 *
 * @since 0.1.0
 */
public final class Alive {

	private Alive() {
	}

	/**
	 * Ask.
	 * @param connection the connection
	 * @throws JedisDataException if the connection cannot be used: the server is full, or
	 * wants a login
	 */
	public static void check(Connection connection) {
		try {
			connection.executeCommand(Command.PING);
		}
		catch (JedisDataException ex) {
			// The server may be loading, or forbid PING; it has answered.
			if (ErrorReply.of(ex).breaksConnection()) {
				throw ex;
			}
		}
	}

	static boolean isAnswer(Connection connection) {
		try {
			return connection.executeCommand(Command.PING) instanceof byte[];
		}
		catch (JedisDataException ex) {
			return !ErrorReply.of(ex).breaksConnection();
		}
	}

}
