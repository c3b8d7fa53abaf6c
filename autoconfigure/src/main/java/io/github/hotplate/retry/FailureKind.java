package io.github.hotplate.retry;

import java.util.Set;

import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.NodeUnreachableException;

/**
 * What a failure says about the command that met it.
 */
enum FailureKind {

	/**
	 * Redis ran nothing: it refused the command for now, or was never reached.
	 */
	REFUSED,

	/**
	 * The command was sent and its reply was lost.
	 */
	AMBIGUOUS,

	/**
	 * Redis answered with an error that a repetition would meet again.
	 */
	FINAL;

	/**
	 * Error prefixes with which Redis refuses a command that it would run later or
	 * elsewhere.
	 */
	private static final Set<String> REFUSALS = Set.of("CLUSTERDOWN", "TRYAGAIN", "LOADING", "MASTERDOWN", "READONLY");

	static FailureKind of(Throwable failure) {
		if (failure instanceof NodeUnreachableException || failure instanceof ClusterDownException) {
			return REFUSED;
		}
		if (failure instanceof JedisConnectionException) {
			return AMBIGUOUS;
		}
		if (failure instanceof JedisRedirectionException) {
			return REFUSED;
		}
		if (failure instanceof JedisDataException && REFUSALS.contains(prefix(failure))) {
			return REFUSED;
		}
		return FINAL;
	}

	/**
	 * Return the first word of an error reply, by which Redis tells its errors apart.
	 * @param failure the failure
	 * @return the word, empty where there is no message
	 */
	static String prefix(Throwable failure) {
		String message = failure.getMessage();
		if (message == null) {
			return "";
		}
		int end = message.indexOf(' ');
		return (end > 0) ? message.substring(0, end) : message;
	}

}
