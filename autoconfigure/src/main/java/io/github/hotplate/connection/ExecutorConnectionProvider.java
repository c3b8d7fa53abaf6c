package io.github.hotplate.connection;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.providers.ConnectionProvider;

import io.github.hotplate.command.KeySpecs;
import io.github.hotplate.execution.ConnectionSource;

/**
 * Lets Jedis borrow, for each command, a connection that hands the command to an
 * executor. The constructor of {@code UnifiedJedis} that takes a provider is the only one
 * for subclasses that exists in both Jedis 7 and Jedis 8.
 */
final class ExecutorConnectionProvider implements ConnectionProvider {

	private final CommandExecutor executor;

	private final Connection commands;

	private final ConnectionSource connections;

	ExecutorConnectionProvider(CommandExecutor executor, ConnectionSource connections, KeySpecs keySpecs) {
		this.executor = executor;
		this.commands = new ExecutorConnection(executor, keySpecs);
		this.connections = connections;
	}

	// Only subscriptions call this, to keep the connection.
	@Override
	public Connection getConnection() {
		return this.connections.subscriptions().open(this.executor);
	}

	@Override
	public Connection getConnection(CommandArguments arguments) {
		return this.commands;
	}

	@Override
	public void close() {
		// The connections belong to the client's pool.
	}

	private static final class ExecutorConnection extends Connection {

		private final CommandExecutor executor;

		private final KeySpecs keySpecs;

		ExecutorConnection(CommandExecutor executor, KeySpecs keySpecs) {
			super(() -> {
				throw new IllegalStateException("Commands reach Redis through the client's executor only");
			});
			this.executor = executor;
			this.keySpecs = keySpecs;
		}

		@Override
		public <T> T executeCommand(CommandObject<T> command) {
			return this.executor.executeCommand(this.keySpecs.mark(command));
		}

		@Override
		public void close() {
			// Shared by all commands, since it has no socket.
		}

	}

}
