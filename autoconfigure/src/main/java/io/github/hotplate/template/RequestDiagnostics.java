package io.github.hotplate.template;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.activity.ClientActivity;
import io.github.hotplate.activity.RedisActivity;

/**
 * The commands that one request has sent to one client so far. Thread-safe, because a
 * request may fan out.
 *
 * @since 0.1.0
 */
public final class RequestDiagnostics {

	private final @Nullable RedisActivity request;

	private final ClientActivity outside;

	RequestDiagnostics(@Nullable RedisActivity request, ClientActivity outside) {
		this.request = request;
		this.outside = outside;
	}

	/**
	 * Return how many commands the request has sent, pipelines counting as one.
	 * @return the number of completed commands, including failed ones
	 */
	public long commands() {
		return (this.request != null) ? this.request.commands() : this.outside.commands();
	}

	/**
	 * Return how many of the commands failed.
	 * @return the number of commands that ended in an exception
	 */
	public long failures() {
		return (this.request != null) ? this.request.failures() : this.outside.failures();
	}

	/**
	 * Return how long the request waited for Redis.
	 * @return the total time of all commands
	 */
	public Duration time() {
		return (this.request != null) ? this.request.time() : this.outside.time();
	}

	@Override
	public String toString() {
		return commands() + " commands, " + failures() + " failed, " + time().toMillis() + " ms";
	}

}
