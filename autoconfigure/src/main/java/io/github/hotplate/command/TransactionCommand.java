package io.github.hotplate.command;

import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * Commands that Redis runs one after the other without any in between. All their keys
 * hash to one slot. The transaction counts as one command, {@code MULTI}. Its reply is
 * {@code null} where a watched key was changed.
 *
 * @since 0.1.0
 */
public final class TransactionCommand extends CompositeCommand<@Nullable List<@Nullable Object>> {

	private final int slot;

	private final @Nullable Connection connection;

	/**
	 * Create a transaction.
	 * @param commands the commands in their order
	 * @param slot the slot of their keys, or {@link CommandKeys#NO_SLOT}
	 * @param connection the connection that has watched keys, or {@code null}
	 */
	public TransactionCommand(List<CommandObject<?>> commands, int slot, @Nullable Connection connection) {
		super(new CommandArguments(Command.MULTI), commands);
		this.slot = slot;
		this.connection = connection;
	}

	public int getSlot() {
		return this.slot;
	}

	public @Nullable Connection getConnection() {
		return this.connection;
	}

}
