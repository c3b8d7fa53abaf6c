package io.github.hotplate.connection;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import redis.clients.jedis.Builder;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.execution.UnclosedExecutor;

/**
 * Records the command of a method without sending it. Not thread-safe.
 */
final class RecordingExecutor extends UnclosedExecutor {

	/**
	 * Stands in for the missing reply if the method unboxes it.
	 */
	private static final Map<Builder<?>, Object> NEUTRAL = Map.of(BuilderFactory.LONG, 0L, BuilderFactory.BOOLEAN,
			false, BuilderFactory.DOUBLE, 0.0);

	private @Nullable CommandObject<?> recorded;

	@Override
	@SuppressWarnings("unchecked") // The neutral value of the builder's type.
	public <T> @Nullable T executeCommand(CommandObject<T> command) {
		if (this.recorded != null) {
			this.recorded = null;
			throw severalCommands();
		}
		this.recorded = command;
		return (T) NEUTRAL.get(command.getBuilder());
	}

	boolean hasRecorded() {
		return this.recorded != null;
	}

	/**
	 * Return and clear the recorded command.
	 * @return the command, or {@code null} if none was sent
	 */
	@Nullable CommandObject<?> take() {
		CommandObject<?> taken = this.recorded;
		this.recorded = null;
		return taken;
	}

	static InvalidDataAccessApiUsageException severalCommands() {
		return new InvalidDataAccessApiUsageException(
				"A method that sends several commands cannot be pipelined. Call it outside of the pipeline");
	}

}
