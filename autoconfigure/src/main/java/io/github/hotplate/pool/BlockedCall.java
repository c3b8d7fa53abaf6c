package io.github.hotplate.pool;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.command.BlockingCommands;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.ErrorReplies;
import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.CallInterruptedException;
import io.github.hotplate.execution.ClientClosedException;
import io.github.hotplate.execution.ClientClosing;

/**
 * A command that waits for its reply until something happens, the client is closed, the
 * thread is interrupted or the server is left for another. In all but the first case
 * Redis is asked to let the command go: it replies with an error, or has just run the
 * command and replies with its result, which the caller then gets. So no element is
 * popped and lost. Not thread-safe.
 */
final class BlockedCall {

	/**
	 * How long to wait for the last reply.
	 */
	private static final long LAST_WAIT_MILLIS = 1_000;

	/**
	 * About a second's worth.
	 */
	private static final int MOST_QUESTIONS = 10;

	/**
	 * A command that waits for no longer ends by itself.
	 */
	private static final Duration BRIEF = Duration.ofMillis(250);

	private final ClientClosing closing;

	private final Supplier<ProbeResult> unblock;

	private final BooleanSupplier left;

	private final boolean brief;

	private int asked;

	private int looks;

	private boolean released;

	private @Nullable End end;

	/**
	 * Create a call.
	 * @param closing how far the client has been closed
	 * @param unblock asks Redis to let the command go, which it has done if it answered
	 * @param left tells whether the server is left for another
	 * @param timeout how long the command waits, zero if without end
	 */
	BlockedCall(ClientClosing closing, Supplier<ProbeResult> unblock, BooleanSupplier left, Duration timeout) {
		this.closing = closing;
		this.unblock = unblock;
		this.left = left;
		this.brief = !timeout.isZero() && timeout.compareTo(BRIEF) <= 0;
	}

	void lookAround(WatchedSocket socket) throws IOException {
		if (this.released || this.brief) {
			return;
		}
		End reason = reason();
		// Who leaves the server has it let the command go.
		if (reason == null || (reason == End.LEFT && this.looks++ < MOST_QUESTIONS)) {
			return;
		}
		this.end = reason;
		ProbeResult result = this.unblock.get();
		if (result == ProbeResult.NOT_ASKED && this.asked++ < MOST_QUESTIONS) {
			// Others may give back a connection for the same reason.
			return;
		}
		if (result != ProbeResult.ANSWERED) {
			throw new SocketException(reason.reason);
		}
		this.released = true;
		socket.watch(LAST_WAIT_MILLIS);
	}

	private @Nullable End reason() {
		if (this.closing.endsWaits()) {
			return End.CLOSED;
		}
		if (Thread.currentThread().isInterrupted()) {
			return End.INTERRUPTED;
		}
		return this.left.getAsBoolean() ? End.LEFT : null;
	}

	RuntimeException failure(CommandArguments command, JedisException failure) {
		End reason = this.end;
		if (reason == null && failure instanceof JedisConnectionException && Thread.currentThread().isInterrupted()) {
			// An interrupt closes the socket that a virtual thread reads from.
			reason = End.INTERRUPTED;
		}
		if (reason == null && this.left.getAsBoolean()) {
			reason = End.LEFT;
		}
		if (reason == null) {
			return failure;
		}
		if (failure instanceof JedisDataException && ErrorReply.of(failure) == ErrorReply.UNBLOCKED) {
			String message = CommandSpecs.of(command).name() + " did not run: " + reason.reason;
			return switch (reason) {
				case CLOSED -> new ClientClosedException(message);
				case INTERRUPTED -> new CallInterruptedException(message);
				case LEFT -> BlockingCommands.isForReplicas(command) ? failure : ErrorReplies.tryAgain(message);
			};
		}
		return (failure instanceof JedisConnectionException)
				? new JedisConnectionException(reason.reason + " and the reply is lost", failure) : failure;
	}

	private enum End {

		CLOSED("the client was closed while the command waited"),

		INTERRUPTED("the thread was interrupted while the command waited"),

		LEFT("the name of the server leads to another one now");

		private final String reason;

		End(String reason) {
			this.reason = reason;
		}

	}

}
