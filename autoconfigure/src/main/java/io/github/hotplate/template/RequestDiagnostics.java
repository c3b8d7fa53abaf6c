package io.github.hotplate.template;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.CommandFailures;

/**
 * The commands that one request has sent to one client so far. Thread-safe, because a
 * request may fan out.
 *
 * @since 0.1.0
 */
public final class RequestDiagnostics {

	private final LongAdder commands = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	private final LongSupplier nanoTime;

	RequestDiagnostics(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Return how many commands the request has sent, pipelines counting as one.
	 * @return the number of completed commands, including failed ones
	 */
	public long commands() {
		return this.commands.sum();
	}

	/**
	 * Return how many of the commands failed.
	 * @return the number of commands that ended in an exception
	 */
	public long failures() {
		return this.failures.sum();
	}

	/**
	 * Return how long the request waited for Redis.
	 * @return the total time of all commands
	 */
	public Duration time() {
		return Duration.ofNanos(this.nanos.sum());
	}

	@Override
	public String toString() {
		return commands() + " commands, " + failures() + " failed, " + time().toMillis() + " ms";
	}

	<T> T watch(CommandExecutor executor, CommandObject<T> command) {
		long start = this.nanoTime.getAsLong();
		boolean succeeded = false;
		try {
			T reply = executor.executeCommand(command);
			succeeded = CommandFailures.find(command, reply) == null;
			return reply;
		}
		finally {
			this.nanos.add(this.nanoTime.getAsLong() - start);
			this.commands.increment();
			if (!succeeded) {
				this.failures.increment();
			}
		}
	}

}
