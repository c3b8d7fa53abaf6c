package io.github.hotplate.connection;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.execution.UnclosedExecutor;

/**
 * Answers the command of a method with a reply that has already arrived. Not thread-safe.
 */
final class ReplayingExecutor extends UnclosedExecutor {

	private @Nullable Object reply;

	private boolean taken = true;

	/**
	 * Set the reply to the next command.
	 * @param reply the raw reply, or an exception
	 */
	void answer(@Nullable Object reply) {
		this.reply = reply;
		this.taken = false;
	}

	@Override
	public <T> @Nullable T executeCommand(CommandObject<T> command) {
		if (this.taken) {
			throw RecordingExecutor.severalCommands();
		}
		this.taken = true;
		if (this.reply instanceof RuntimeException failure) {
			throw failure;
		}
		return command.getBuilder().build(this.reply);
	}

}
