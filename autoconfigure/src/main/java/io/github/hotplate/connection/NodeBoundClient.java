package io.github.hotplate.connection;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.command.WatchCommand;
import io.github.hotplate.execution.ConnectionSource;
import io.github.hotplate.execution.SubscriptionSource;

/**
 * A client that sends all commands to one node.
 */
final class NodeBoundClient extends BoundClient {

	private final HostAndPort node;

	NodeBoundClient(CommandExecutor commands, ConnectionSource connections, HostAndPort node) {
		super(commands, connections);
		this.node = node;
	}

	@Override
	<T> CommandObject<T> bind(CommandObject<T> command) {
		return new NodeBoundCommand<>(command, this.node);
	}

	@Override
	WatchCommand bind(WatchCommand watch) {
		return watch.forNode(this.node);
	}

	// A transaction is sent by slot, or on the connection that it holds.
	@Override
	<T> T execute(TransactionCommand transaction) {
		try (Connection connection = borrow()) {
			return send(new TransactionCommand(transaction.getCommands(), transaction.getSlot(), connection));
		}
	}

	@Override
	public Connection borrow() {
		return connections().borrow(this.node);
	}

	@Override
	public SubscriptionSource subscriptions() {
		return connections().subscriptions().onNode(this.node);
	}

}
