package io.github.hotplate.connection;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.execution.ConnectionSource;
import io.github.hotplate.execution.SubscriptionSource;
import io.github.hotplate.execution.UnclosedExecutor;

/**
 * A client whose channels are shard channels. Spring Data Redis publishes outside of
 * transactions only. Thread-safe.
 */
final class ShardChannelClient extends UnclosedExecutor implements ConnectionSource {

	private final CommandExecutor commands;

	private final ConnectionSource connections;

	ShardChannelClient(CommandExecutor commands, ConnectionSource connections) {
		this.commands = commands;
		this.connections = connections;
	}

	@Override
	@SuppressWarnings("unchecked") // Both commands reply with the number of receivers.
	public <T> T executeCommand(CommandObject<T> command) {
		if (command instanceof PipelineCommand pipeline) {
			return (T) this.commands.executeCommand(new PipelineCommand(pipeline.getName(),
					pipeline.getCommands().stream().<CommandObject<?>>map(ShardChannelClient::translate).toList()));
		}
		return this.commands.executeCommand(translate(command));
	}

	private static boolean isPublish(CommandObject<?> command) {
		return command.getArguments().getCommand() == Command.PUBLISH;
	}

	private static <T> CommandObject<T> translate(CommandObject<T> command) {
		if (!isPublish(command)) {
			return command;
		}
		CommandArguments arguments = new CommandArguments(Command.SPUBLISH);
		int position = 0;
		for (Rawable argument : command.getArguments()) {
			if (position == 1) {
				arguments.key(argument.getRaw());
			}
			else if (position > 1) {
				arguments.add(argument);
			}
			position++;
		}
		return new CommandObject<>(arguments, command.getBuilder());
	}

	@Override
	public KeySlots keySlots() {
		return this.connections.keySlots();
	}

	@Override
	public boolean knows(HostAndPort node) {
		return this.connections.knows(node);
	}

	@Override
	public Connection borrow() {
		return this.connections.borrow();
	}

	@Override
	public Connection borrow(int slot) {
		return this.connections.borrow(slot);
	}

	@Override
	public Connection borrow(HostAndPort node) {
		return this.connections.borrow(node);
	}

	@Override
	public SubscriptionSource subscriptions() {
		return this.connections.subscriptions().ofShardChannels();
	}

}
