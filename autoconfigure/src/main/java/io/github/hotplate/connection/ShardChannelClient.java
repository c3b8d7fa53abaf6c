package io.github.hotplate.connection;

import java.util.List;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.execution.ConnectionSource;
import io.github.hotplate.execution.CrossSlotException;
import io.github.hotplate.execution.SubscriptionSource;
import io.github.hotplate.execution.UnclosedExecutor;

/**
 * A client whose channels are shard channels, however a message is published.
 * Thread-safe.
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
			return (T) this.commands
				.executeCommand(new PipelineCommand(pipeline.getName(), translate(pipeline.getCommands())));
		}
		if (command instanceof TransactionCommand transaction) {
			return (T) this.commands.executeCommand(translate(transaction));
		}
		return this.commands.executeCommand(translate(command));
	}

	private TransactionCommand translate(TransactionCommand transaction) {
		List<CommandObject<?>> commands = transaction.getCommands();
		int slot = transaction.getSlot();
		for (CommandObject<?> command : commands) {
			if (isPublish(command) && command.getArguments().size() > 1) {
				Object channel = command.getArguments().get(1).getRaw();
				int own = keySlots().slot(channel);
				if (slot == CommandKeys.NO_SLOT) {
					slot = own;
				}
				else if (slot != own) {
					throw new CrossSlotException(
							"A transaction cannot span slots, but the shard channel '" + CommandKeys.text(channel)
									+ "' hashes to another slot than its keys. " + keySlots().remedy());
				}
			}
		}
		return new TransactionCommand(translate(commands), slot, transaction.getConnection());
	}

	private static boolean isPublish(CommandObject<?> command) {
		return CommandSpecs.of(command.getArguments()).name().equals("PUBLISH");
	}

	private static List<CommandObject<?>> translate(List<CommandObject<?>> commands) {
		return commands.stream().<CommandObject<?>>map(ShardChannelClient::translate).toList();
	}

	// The connection that watches keys is not one of the channel's node.
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
