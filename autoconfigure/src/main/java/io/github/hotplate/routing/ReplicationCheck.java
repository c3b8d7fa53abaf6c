package io.github.hotplate.routing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.pool.NodePool;
import io.github.hotplate.pool.PooledConnection;

/**
 * The replication state that a node reports.
 *
 * @param inSync whether the node is a replica whose link to its primary is up
 * @param roundTripNanos how long the reply took
 * @see <a href="https://redis.io/docs/latest/commands/info/">INFO replication</a>
 */
record ReplicationCheck(boolean inSync, long roundTripNanos) {

	/**
	 * Ask a node, if a connection is free at once.
	 * @param pool the pool of the node
	 * @param nanoTime tells the time
	 * @return the answer, or {@code null} if no connection was free
	 */
	static @Nullable ReplicationCheck run(NodePool pool, LongSupplier nanoTime) {
		try (PooledConnection connection = pool.tryBorrow()) {
			if (connection == null) {
				return null;
			}
			long start = nanoTime.getAsLong();
			Object reply = connection.executeCommand(new CommandArguments(Command.INFO).add("replication"));
			return new ReplicationCheck(inSync(new String((byte[]) reply, StandardCharsets.US_ASCII)),
					nanoTime.getAsLong() - start);
		}
		catch (RuntimeException ex) {
			return new ReplicationCheck(false, Duration.ofDays(1).toNanos());
		}
	}

	private static boolean inSync(String info) {
		return info.contains("role:slave") && info.contains("master_link_status:up")
				&& info.contains("master_sync_in_progress:0");
	}

}
