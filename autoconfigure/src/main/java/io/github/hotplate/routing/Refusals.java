package io.github.hotplate.routing;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.topology.RefreshReason;

/**
 * Interprets error replies that concern the state of a node. Thread-safe.
 */
final class Refusals {

	private static final String MISSING_FUNCTION = "ERR Function not found";

	private final String client;

	private final NodeConnectionProvider connections;

	private final Recoveries recoveries;

	Refusals(String client, NodeConnectionProvider connections, Recoveries recoveries) {
		this.client = client;
		this.connections = connections;
		this.recoveries = recoveries;
	}

	/**
	 * Return the exception for an error reply, and record what it reveals about the node.
	 * @param connection where the reply came from, with all replies read
	 * @param error the error
	 * @param arguments the command
	 * @param asking whether the command followed {@code ASKING}
	 * @return the error itself, or the exception to throw instead
	 */
	RuntimeException failureOf(PooledConnection connection, JedisDataException error, CommandArguments arguments,
			boolean asking) {
		try {
			return failureOf(connection.address(), ScriptProbe.unmask(error, arguments, asking, connection));
		}
		catch (JedisConnectionException ex) {
			return ex;
		}
	}

	/**
	 * Return the exception for an error reply of the server itself, and record what it
	 * reveals about the node.
	 * @param node the node that replied
	 * @param error the error
	 * @return the error itself, or the exception to throw instead
	 */
	RuntimeException failureOf(HostAndPort node, JedisDataException error) {
		ErrorReply reply = ErrorReply.of(error);
		if (reply.isClusterDown()) {
			this.connections.noteStale(node, RefreshReason.CLUSTER_DOWN);
			return new ClusterDownException(
					"Node " + node + " refused a command of client '" + this.client + "': " + error.getMessage(), error,
					this.recoveries.of(node));
		}
		if (reply.isTurnedAway()) {
			return new NodeUnreachableException(
					"Client '" + this.client + "' cannot connect to " + node + ": " + error.getMessage(), error);
		}
		if (reply.isStaleNode()) {
			this.connections.noteStale(node, RefreshReason.STALE);
		}
		else if (reply.isWrongNode()) {
			this.connections.noteWrong(node, (reply == ErrorReply.MOVED) ? RefreshReason.MOVED : RefreshReason.DEMOTED);
		}
		noteMove(node, error, reply);
		return error;
	}

	/**
	 * Return the exception for a failure on a connection that watches keys. No other
	 * connection can take its place.
	 * @param node the node
	 * @param failure the failure
	 * @return the failure itself, or an exception that says more
	 */
	RuntimeException failureOfHeld(HostAndPort node, RuntimeException failure) {
		if (failure instanceof JedisRedirectionException) {
			return new NodeUnreachableException("Client '" + this.client + "' watches keys on " + node
					+ ", and their slot moves or has moved to another node. Nothing ran; start over with WATCH ("
					+ failure.getMessage() + ")", failure);
		}
		if (failure.getClass() == JedisConnectionException.class && ErrorReply.of(failure) == ErrorReply.NONE) {
			return new JedisConnectionException("Client '" + this.client + "' lost its connection to " + node
					+ ", and with it the keys that it watched (" + failure.getMessage() + ")", failure);
		}
		return failure;
	}

	private void noteMove(HostAndPort node, JedisDataException error, ErrorReply reply) {
		if (error instanceof JedisRedirectionException redirection) {
			HostAndPort target = Redirections.target(redirection, node);
			if (target != null) {
				this.connections.noteMove(target);
			}
			this.connections.noteMove(node);
		}
		else if (reply == ErrorReply.TRYAGAIN) {
			this.connections.noteMove(node);
		}
	}

	/**
	 * Tell whether another node can answer a read that failed on a replica.
	 * @param failure the failure
	 * @return whether the replica caused it
	 */
	static boolean isReplicaFailure(RuntimeException failure) {
		return ErrorReply.of(failure).isUninformedReplica() || failure instanceof NodeUnreachableException
				|| failure instanceof JedisConnectionException || failure instanceof ClusterDownException
				|| isForPrimary(failure);
	}

	/**
	 * Tell whether a replica is busy, or does not have a script or function. Since Redis
	 * 7, primaries replicate what scripts do, and not the scripts. Functions are on their
	 * way.
	 * @param failure the failure
	 * @return whether the primary may run it
	 */
	static boolean isForPrimary(RuntimeException failure) {
		ErrorReply reply = ErrorReply.of(failure);
		return reply == ErrorReply.NOSCRIPT || reply == ErrorReply.BUSY
				|| MISSING_FUNCTION.equals(failure.getMessage());
	}

	/**
	 * Tell whether a command that failed may have to be sent again.
	 * @param failure the failure
	 * @return whether another attempt may end otherwise
	 */
	static boolean mayPass(RuntimeException failure) {
		return failure instanceof JedisConnectionException || failure instanceof NodeUnreachableException
				|| failure instanceof ClusterDownException || failure instanceof JedisRedirectionException
				|| ErrorReply.of(failure).isRefused();
	}

}
