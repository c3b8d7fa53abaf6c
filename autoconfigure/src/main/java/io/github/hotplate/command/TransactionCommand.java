package io.github.hotplate.command;

import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Builder;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * Commands that Redis runs one after the other without any in between. All their keys
 * hash to one slot. The transaction counts as one command, {@code MULTI}. Its reply is a
 * list with one element a command, as they come off the wire, or {@code null} where a
 * watched key was changed.
 *
 * @since 0.1.0
 */
public final class TransactionCommand extends CommandObject<@Nullable List<@Nullable Object>> {

	private static final Builder<@Nullable List<@Nullable Object>> REPLIES = new Builder<>() {

		@Override
		@SuppressWarnings("unchecked")
		public @Nullable List<@Nullable Object> build(@Nullable Object data) {
			return (List<@Nullable Object>) data;
		}

	};

	private final List<CommandObject<?>> commands;

	private final int slot;

	private final @Nullable Connection connection;

	/**
	 * Create a transaction.
	 * @param commands the commands in their order
	 * @param slot the slot of their keys, or {@link CommandKeys#NO_SLOT}
	 * @param connection the connection that has watched keys, or {@code null}
	 */
	public TransactionCommand(List<CommandObject<?>> commands, int slot, @Nullable Connection connection) {
		super(new CommandArguments(Command.MULTI), REPLIES);
		this.commands = List.copyOf(commands);
		this.slot = slot;
		this.connection = connection;
	}

	public List<CommandObject<?>> getCommands() {
		return this.commands;
	}

	public int getSlot() {
		return this.slot;
	}

	public @Nullable Connection getConnection() {
		return this.connection;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

}
