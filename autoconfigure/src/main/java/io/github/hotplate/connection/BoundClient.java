package io.github.hotplate.connection;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.ConnectionBoundCommand;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.command.WatchCommand;
import io.github.hotplate.execution.ConnectionSource;
import io.github.hotplate.execution.UnclosedExecutor;

/**
 * A client that sends all commands to one node or slot, regardless of their keys.
 * Thread-safe.
 */
abstract class BoundClient extends UnclosedExecutor implements ConnectionSource {

	private final CommandExecutor commands;

	private final ConnectionSource connections;

	BoundClient(CommandExecutor commands, ConnectionSource connections) {
		this.commands = commands;
		this.connections = connections;
	}

	/**
	 * Bind a command to the node or slot.
	 * @param <T> the type of the reply
	 * @param command a single command
	 * @return the bound command
	 */
	abstract <T> CommandObject<T> bind(CommandObject<T> command);

	/**
	 * Run a transaction on the node or slot.
	 * @param <T> the type of the reply
	 * @param transaction the transaction, which holds no connection
	 * @return the reply
	 */
	abstract <T> T execute(TransactionCommand transaction);

	/**
	 * Bind a {@code WATCH} to the node or slot.
	 * @param watch the command
	 * @return the bound command
	 */
	abstract WatchCommand bind(WatchCommand watch);

	@Override
	public final <T> T executeCommand(CommandObject<T> command) {
		if (command instanceof PipelineCommand pipeline) {
			return send(new PipelineCommand(pipeline.getName(),
					pipeline.getCommands().stream().<CommandObject<?>>map(this::bind).toList()));
		}
		if (command instanceof TransactionCommand transaction && transaction.getConnection() == null) {
			return execute(transaction);
		}
		if (command instanceof TransactionCommand || command instanceof ConnectionBoundCommand<?>) {
			return this.commands.executeCommand(command);
		}
		if (command instanceof WatchCommand watch) {
			return send(bind(watch));
		}
		return this.commands.executeCommand(bind(command));
	}

	@SuppressWarnings("unchecked") // A command and its bound form have the same reply.
	final <T> T send(CommandObject<?> command) {
		return (T) this.commands.executeCommand(command);
	}

	final ConnectionSource connections() {
		return this.connections;
	}

	// All keys may be in one transaction.
	@Override
	public final KeySlots keySlots() {
		return KeySlots.SINGLE;
	}

	@Override
	public final boolean knows(HostAndPort node) {
		return this.connections.knows(node);
	}

	@Override
	public final Connection borrow(int slot) {
		return borrow();
	}

	@Override
	public final Connection borrow(HostAndPort node) {
		return this.connections.borrow(node);
	}

}
