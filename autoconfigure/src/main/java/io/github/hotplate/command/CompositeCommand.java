package io.github.hotplate.command;

import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Builder;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

/**
 * Several commands that are sent together and count as one. No two are equal, since their
 * arguments do not tell them apart. Its reply is a list with one element a command, in
 * their order, as they come off the wire.
 *
 * @param <T> the type of the reply
 * @since 0.1.0
 */
public abstract sealed class CompositeCommand<T extends @Nullable List<@Nullable Object>> extends CommandObject<T>
		permits PipelineCommand, TransactionCommand {

	private final List<CommandObject<?>> commands;

	CompositeCommand(CommandArguments arguments, List<CommandObject<?>> commands) {
		super(arguments, new RawReply<>());
		this.commands = List.copyOf(commands);
	}

	/**
	 * Return the commands.
	 * @return the commands in their order
	 */
	public final List<CommandObject<?>> getCommands() {
		return this.commands;
	}

	@Override
	public final boolean equals(@Nullable Object other) {
		return this == other;
	}

	@Override
	public final int hashCode() {
		return System.identityHashCode(this);
	}

	private static final class RawReply<T extends @Nullable Object> extends Builder<T> {

		// Redis gives no list only where T can be null.
		@Override
		@SuppressWarnings({ "unchecked", "NullAway" })
		public T build(@Nullable Object data) {
			return (T) data;
		}

	}

}
