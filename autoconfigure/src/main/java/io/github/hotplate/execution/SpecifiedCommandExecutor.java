package io.github.hotplate.execution;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.CommandSpec;

/**
 * An executor that need not look up what its caller knows of a command.
 *
 * @since 0.1.0
 */
public interface SpecifiedCommandExecutor extends CommandExecutor {

	/**
	 * Execute a command.
	 * @param <T> the type of the reply
	 * @param command the command
	 * @param spec what is known of it
	 * @return the decoded reply
	 */
	<T> @Nullable T executeCommand(CommandObject<T> command, CommandSpec spec);

}
