package io.github.hotplate.command;

import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

/**
 * Finds the failures that are no exceptions: those in the replies of a pipeline or a
 * transaction.
 *
 * @since 0.1.0
 */
public final class CommandFailures {

	private CommandFailures() {
	}

	/**
	 * Return what the caller of a command will see as its failure.
	 * @param command the command
	 * @param reply its reply
	 * @return the first failure in the reply, or {@code null} if all went well
	 */
	public static @Nullable Throwable find(CommandObject<?> command, @Nullable Object reply) {
		if (!(command instanceof CompositeCommand<?>) || !(reply instanceof List<?> replies)) {
			return null;
		}
		for (Object single : replies) {
			if (single instanceof Throwable failure) {
				return failure;
			}
		}
		return null;
	}

}
