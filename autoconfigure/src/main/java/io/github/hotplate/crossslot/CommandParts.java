package io.github.hotplate.crossslot;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

/**
 * The parts of a split command, and how their replies become one.
 *
 * @param commands the commands, each for one node; none if the reply is known
 * @param merge makes one reply of the replies, which come in the order of the commands
 * and as they come off the wire
 * @param oneSuffices whether one reply is enough, and exceptions may take the place of
 * the others
 */
record CommandParts(List<CommandObject<?>> commands, Function<List<@Nullable Object>, @Nullable Object> merge,
		boolean oneSuffices) {

	CommandParts(List<CommandObject<?>> commands, Function<List<@Nullable Object>, @Nullable Object> merge) {
		this(commands, merge, false);
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
