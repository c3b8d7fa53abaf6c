package io.github.hotplate.pool;

import java.io.IOException;
import java.net.SocketException;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.CallInterruptedException;
import io.github.hotplate.execution.ClientClosedException;

/**
 * A command that waits for its reply until something happens, the client is closed or the
 * thread is interrupted. In the two latter cases Redis is asked to let the command go: it
 * replies with an error, or has just run the command and replies with its result, which
 * the caller then gets. So no element is popped and lost. Not thread-safe.
 */
final class BlockedCall {

	/**
	 * How long to wait for the last reply.
	 */
	private static final long LAST_WAIT_MILLIS = 1_000;

	private final PooledConnection.Owner owner;

	private final ServerSideClient client;

	private @Nullable End end;

	BlockedCall(PooledConnection.Owner owner, ServerSideClient client) {
		this.owner = owner;
		this.client = client;
	}

	void lookAround(WatchedSocket socket) throws IOException {
		if (this.end != null) {
			return;
		}
		if (this.owner.closing().endsWaits()) {
			this.end = End.CLOSED;
		}
		else if (Thread.currentThread().isInterrupted()) {
			this.end = End.INTERRUPTED;
		}
		else {
			return;
		}
		if (!this.owner.unblock(this.client)) {
			throw new SocketException(this.end.reason);
		}
		socket.watch(LAST_WAIT_MILLIS);
	}

	RuntimeException failure(CommandArguments command, JedisException failure) {
		End reason = this.end;
		if (reason == null && failure instanceof JedisConnectionException && Thread.currentThread().isInterrupted()) {
			// An interrupt closes the socket that a virtual thread reads from.
			reason = End.INTERRUPTED;
		}
		if (reason == null) {
			return failure;
		}
		if (failure instanceof JedisDataException && ErrorReply.of(failure) == ErrorReply.UNBLOCKED) {
			String message = CommandSpecs.of(command).name() + " did not run: " + reason.reason;
			return (reason == End.CLOSED) ? new ClientClosedException(message) : new CallInterruptedException(message);
		}
		return (failure instanceof JedisConnectionException)
				? new JedisConnectionException(reason.reason + " and the reply is lost", failure) : failure;
	}

	private enum End {

		CLOSED("the client was closed while the command waited"),

		INTERRUPTED("the thread was interrupted while the command waited");

		private final String reason;

		End(String reason) {
			this.reason = reason;
		}

	}

}
