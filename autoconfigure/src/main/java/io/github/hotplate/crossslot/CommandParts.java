package io.github.hotplate.crossslot;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

/**
 * The commands into which one is split, and how their replies become one.
 *
 * @param commands the commands, each for one node; none where the reply is known
 * @param merge makes one reply of theirs, given in the order of the commands, as they
 * come off the wire
 * @param oneSuffices whether an exception may take the place of all replies but one
 */
record CommandParts(List<CommandObject<?>> commands, Function<List<@Nullable Object>, @Nullable Object> merge,
		boolean oneSuffices) {

	CommandParts(List<CommandObject<?>> commands, Function<List<@Nullable Object>, @Nullable Object> merge) {
		this(commands, merge, false);
	}

	/**
	 * Return a command whose reply is left as it comes off the wire.
	 * @param arguments the command
	 * @return the command
	 */
	static CommandObject<Object> raw(CommandArguments arguments) {
		return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
	}

	/**
	 * Return the reply for the caller, or the first exception that took the place of one.
	 * @param replies the replies to the commands
	 * @return the merged reply or the exception
	 */
	@Nullable Object reply(List<@Nullable Object> replies) {
		for (Object reply : replies) {
			if (reply instanceof RuntimeException && !this.oneSuffices) {
				return reply;
			}
		}
		return this.merge.apply(replies);
	}

}
