package io.github.hotplate.routing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.pool.PooledConnection;

/**
 * The replication state that a node reports.
 *
 * @param state the state
 * @param roundTripNanos how long the reply took
 * @see <a href="https://redis.io/docs/latest/commands/info/">INFO replication</a>
 * @see <a href="https://redis.io/docs/latest/commands/role/">ROLE</a>
 */
record ReplicationCheck(State state, long roundTripNanos) {

	/**
	 * Ask a node.
	 * @param connection a connection to it
	 * @param nanoTime tells the time
	 * @return the answer
	 */
	static ReplicationCheck of(PooledConnection connection, LongSupplier nanoTime) {
		long start = nanoTime.getAsLong();
		State state = ask(connection);
		return new ReplicationCheck(state, nanoTime.getAsLong() - start);
	}

	private static State ask(PooledConnection connection) {
		try {
			Object reply = connection.executeCommand(new CommandArguments(Command.INFO).add("replication"));
			return State.ofInfo(text(reply));
		}
		catch (JedisDataException ex) {
			return isForbidden(ex) ? askForRole(connection) : State.NOT_IN_SYNC;
		}
	}

	private static State askForRole(PooledConnection connection) {
		try {
			return State.ofRole((List<?>) connection.executeCommand(new CommandArguments(Command.ROLE)));
		}
		catch (JedisDataException ex) {
			return isForbidden(ex) ? State.SECRET : State.NOT_IN_SYNC;
		}
	}

	private static boolean isForbidden(JedisDataException ex) {
		return ErrorReply.of(ex).isNeverAnswered();
	}

	private static String text(Object reply) {
		return new String((byte[]) reply, StandardCharsets.US_ASCII);
	}

	/**
	 * The state of a node as a replica.
	 */
	enum State {

		/**
		 * The node is a replica whose link to its primary is up.
		 */
		IN_SYNC,

		/**
		 * The node is no replica, or has no link to its primary.
		 */
		NOT_IN_SYNC,

		/**
		 * The client's user may not ask.
		 */
		SECRET;

		private static State ofInfo(String info) {
			return (info.contains("role:slave") && info.contains("master_link_status:up")
					&& info.contains("master_sync_in_progress:0")) ? IN_SYNC : NOT_IN_SYNC;
		}

		private static State ofRole(List<?> role) {
			return ("slave".equals(text(role.get(0))) && "connected".equals(text(role.get(3)))) ? IN_SYNC : NOT_IN_SYNC;
		}

	}

}
