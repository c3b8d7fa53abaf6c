package io.github.hotplate.connection;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Response;

/**
 * A response that can hold any failure, not only an error reply.
 *
 * @param <T> the type of the reply
 */
final class ReplyResponse<T> extends Response<T> {

	private @Nullable RuntimeException failure;

	ReplyResponse(CommandObject<T> command) {
		super(command.getBuilder());
	}

	@Override
	public void set(@Nullable Object reply) {
		if (reply instanceof RuntimeException ex) {
			this.failure = ex;
		}
		super.set(reply);
	}

	@Override
	public T get() {
		if (this.failure != null) {
			throw this.failure;
		}
		return super.get();
	}

}
