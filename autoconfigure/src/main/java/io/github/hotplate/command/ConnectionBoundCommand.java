package io.github.hotplate.command;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;

/**
 * A command for the one connection that has watched keys. It is never sent again: on
 * another connection nothing is watched.
 *
 * @param <T> the type of the reply
 * @since 0.1.0
 */
public final class ConnectionBoundCommand<T> extends CommandObject<T> {

	private final Connection connection;

	public ConnectionBoundCommand(CommandObject<T> command, Connection connection) {
		super(command.getArguments(), command.getBuilder());
		this.connection = connection;
	}

	/**
	 * Return the connection to send the command on.
	 * @return the connection, which belongs to the caller
	 */
	public Connection getConnection() {
		return this.connection;
	}

}
