package io.github.hotplate.routing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.ClusterKeyword;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.pool.PooledConnection;

/**
 * Knows between which nodes slots are moving. A replica does not know: for a key that has
 * moved it replies that there is none, where its primary would redirect. Slots mostly
 * move one after the other, so a node stays marked for a while after each sign of it.
 * Thread-safe.
 *
 * @see <a href="https://redis.io/docs/latest/commands/cluster-nodes/">CLUSTER NODES</a>
 */
public final class SlotMoves {

	/**
	 * Longer than nodes take to tell each other, and replicas to catch up.
	 */
	private static final Duration LASTING = Duration.ofSeconds(5);

	private final LongSupplier nanoTime;

	private final Map<HostAndPort, Long> seen = new ConcurrentHashMap<>();

	public SlotMoves(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Note that a node moves a slot, or has just moved one.
	 * @param node the node that gives or takes the slot
	 */
	void note(HostAndPort node) {
		this.seen.put(node, this.nanoTime.getAsLong());
	}

	/**
	 * Tell whether a node has moved slots of late.
	 * @param node the node
	 * @return whether its replicas may lack keys that exist
	 */
	boolean isMoving(HostAndPort node) {
		if (this.seen.isEmpty()) {
			return false;
		}
		Long last = this.seen.get(node);
		if (last == null) {
			return false;
		}
		if (this.nanoTime.getAsLong() - last < LASTING.toNanos()) {
			return true;
		}
		this.seen.remove(node, last);
		return false;
	}

	/**
	 * Ask a primary whether it moves slots.
	 * @param connection a connection to it
	 */
	void ask(PooledConnection connection) {
		Object nodes = connection.executeCommand(new CommandArguments(Command.CLUSTER).add(ClusterKeyword.NODES));
		if (isMoving(new String((byte[]) nodes, StandardCharsets.UTF_8))) {
			note(connection.address());
		}
	}

	// A node lists its own moves only: [slot->-to] and [slot-<-from].
	static boolean isMoving(String nodes) {
		return nodes.lines().anyMatch((line) -> line.contains("myself") && line.contains(" ["));
	}

}
