package io.github.hotplate.connection;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.SlotBoundCommand;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.command.WatchCommand;
import io.github.hotplate.execution.ConnectionSource;
import io.github.hotplate.execution.SubscriptionSource;

/**
 * A client that sends all commands to the node that currently serves a slot.
 */
final class SlotBoundClient extends BoundClient {

	private final int slot;

	SlotBoundClient(CommandExecutor commands, ConnectionSource connections, int slot) {
		super(commands, connections);
		this.slot = slot;
	}

	@Override
	<T> CommandObject<T> bind(CommandObject<T> command) {
		return new SlotBoundCommand<>(command, this.slot);
	}

	@Override
	WatchCommand bind(WatchCommand watch) {
		return watch.forSlot(this.slot);
	}

	@Override
	<T> T execute(TransactionCommand transaction) {
		return send(new TransactionCommand(transaction.getCommands(), this.slot, null));
	}

	@Override
	public Connection borrow() {
		return connections().borrow(this.slot);
	}

	@Override
	public SubscriptionSource subscriptions() {
		return connections().subscriptions().onSlot(this.slot);
	}

}
