package io.github.hotplate.subscription;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.command.ErrorReply.Outcome;
import io.github.hotplate.execution.ClientClosedException;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;

/**
 * The exceptions that end a subscription. Spring's listener container subscribes again
 * only after a {@link RedisConnectionFailureException}.
 */
final class SubscriptionFailures {

	private SubscriptionFailures() {
	}

	/**
	 * Tell whether a failure is not worth another attempt.
	 * @param cause the failure
	 * @param urgent whether the caller waits for the first success
	 * @return whether the subscription ends
	 */
	static boolean isFinal(RuntimeException cause, boolean urgent) {
		if (cause instanceof ConnectionPoolExhaustedException) {
			// The wait for a connection is never repeated for a command, either.
			return urgent;
		}
		return isLastWord(cause);
	}

	/**
	 * Tell whether Redis would answer another attempt in the same way.
	 * @param cause the failure of an attempt
	 * @return whether it lacks a permission or was no valid command
	 */
	private static boolean isLastWord(RuntimeException cause) {
		Outcome outcome = ErrorReply.of(cause).outcome();
		return cause instanceof JedisDataException && (outcome == Outcome.FORBIDDEN || outcome == Outcome.MISUSE);
	}

	/**
	 * Return the exception for a failure that is not worth another attempt.
	 * @param client the name of the client
	 * @param cause the failure
	 * @return the exception
	 */
	static RuntimeException ended(String client, RuntimeException cause) {
		if (isLastWord(cause)) {
			return cause;
		}
		return new RedisConnectionFailureException("Client '" + client + "' cannot subscribe: " + message(cause),
				cause);
	}

	/**
	 * Return the exception for an attempt that took too long.
	 * @param client the name of the client
	 * @param deadline how long it was allowed to take
	 * @param cause the last failure, if any
	 * @return the exception
	 */
	static RuntimeException late(String client, Duration deadline, @Nullable RuntimeException cause) {
		return new RedisConnectionFailureException(
				"Client '" + client + "' could not subscribe within " + deadline.toMillis() + " ms: " + message(cause),
				cause);
	}

	/**
	 * Return the exception for a client that is closed. The listener container does not
	 * subscribe again after it.
	 * @param client the name of the client
	 * @return the exception
	 */
	static RuntimeException closed(String client) {
		return new ClientClosedException(
				"Client '" + client + "' is closed or about to be; the subscription has ended");
	}

	static String message(@Nullable RuntimeException cause) {
		if (cause == null) {
			return "no answer";
		}
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

}
