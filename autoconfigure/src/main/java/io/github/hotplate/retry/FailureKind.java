package io.github.hotplate.retry;

import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

import io.github.hotplate.command.ErrorReply;
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
	 * Redis answered with an error that a retry would meet again.
	 */
	FINAL;

	static FailureKind of(Throwable failure) {
		if (failure instanceof NodeUnreachableException || failure instanceof ClusterDownException) {
			return REFUSED;
		}
		if (failure instanceof JedisConnectionException && !ErrorReply.of(failure).isTurnedAway()) {
			return AMBIGUOUS;
		}
		return (failure instanceof JedisRedirectionException || ErrorReply.of(failure).isRefused()) ? REFUSED : FINAL;
	}

}
