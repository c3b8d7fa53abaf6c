package io.github.hotplate.routing;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.health.EjectedNodes;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.Topology;

/**
 * Tracks which replicas can stand in for their primary and how fast nodes answer. Polls
 * every node once a second if the read preference uses replicas. Thread-safe.
 */
public final class ReplicaWatch {

	private static final Logger logger = LoggerFactory.getLogger(ReplicaWatch.class);

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * Weight of the newest round trip in the moving average.
	 */
	private static final double NEWEST = 0.25;

	/**
	 * Ample for a live node; a silent one must not keep others from being asked.
	 */
	private static final int TIMEOUT_MILLIS = 200;

	/**
	 * The reply about moving slots grows with the number of nodes, and every primary is
	 * asked for it: in large clusters, less often.
	 */
	private static final int NODES_PER_QUESTION = 20;

	private final String client;

	private final ConnectionPools pools;

	private final EjectedNodes ejected;

	private final Supplier<Topology> topology;

	private final @Nullable SlotMoves moves;

	private final BackgroundThread thread;

	private final LongSupplier nanoTime;

	private final Set<HostAndPort> stale = ConcurrentHashMap.newKeySet();

	private final Map<HostAndPort, Double> roundTrips = new ConcurrentHashMap<>();

	private final AtomicBoolean stateHidden = new AtomicBoolean();

	private final AtomicBoolean movesHidden = new AtomicBoolean();

	// Confined to the thread.
	private int checks;

	/**
	 * Create an instance that has asked no node yet.
	 * @param client the name of the client
	 * @param pools the connections
	 * @param ejected the nodes to skip
	 * @param topology the topology of the moment
	 * @param moves is told which primaries move slots, {@code null} unless slots can move
	 * @param thread where nodes are asked
	 * @param nanoTime tells the time
	 */
	public ReplicaWatch(String client, ConnectionPools pools, EjectedNodes ejected, Supplier<Topology> topology,
			@Nullable SlotMoves moves, BackgroundThread thread, LongSupplier nanoTime) {
		this.client = client;
		this.pools = pools;
		this.ejected = ejected;
		this.topology = topology;
		this.moves = moves;
		this.thread = thread;
		this.nanoTime = nanoTime;
	}

	public void start() {
		this.thread.repeat(this::checkAll, Duration.ZERO, INTERVAL);
	}

	/**
	 * Tell whether a replica can stand in for its primary.
	 * @param node the replica
	 * @return whether it answers and follows its primary, as far as is known
	 */
	boolean isFit(HostAndPort node) {
		return !this.ejected.contains(node) && !this.stale.contains(node) && !isMoving(node);
	}

	/**
	 * Tell whether the replicas of a primary may lack keys that exist.
	 * @param primary the primary
	 * @return whether it has given or taken slots of late, as far as is known
	 */
	boolean isMoving(HostAndPort primary) {
		return this.moves != null && this.moves.isMoving(primary);
	}

	/**
	 * Note that a node redirected a command or refused it because a slot is moving.
	 * @param node the node that gives or takes the slot
	 */
	void noteMove(HostAndPort node) {
		if (this.moves != null) {
			this.moves.note(node);
		}
	}

	/**
	 * Return how long a node takes to answer.
	 * @param node the node
	 * @return the moving average in nanoseconds, infinite if it was never measured
	 */
	double roundTrip(HostAndPort node) {
		return this.roundTrips.getOrDefault(node, Double.POSITIVE_INFINITY);
	}

	/**
	 * Note that a replica refused to serve. It gets no reads until the next check.
	 * @param node the replica
	 */
	void noteStale(HostAndPort node) {
		this.stale.add(node);
	}

	private void checkAll() {
		Topology current = this.topology.get();
		this.checks++;
		boolean askForMoves = this.checks % (1 + current.nodes().size() / NODES_PER_QUESTION) == 0;
		for (Shard shard : current.shards()) {
			HostAndPort primary = shard.primary().address();
			check(primary, (connection) -> checkPrimary(connection, askForMoves));
			shard.replicas().forEach((replica) -> check(replica.address(), this::checkReplica));
		}
	}

	private void check(HostAndPort node, Consumer<PooledConnection> question) {
		if (this.ejected.contains(node)) {
			return;
		}
		try (PooledConnection connection = this.pools.get(node).tryBorrowForClient()) {
			if (connection != null) {
				ask(connection, question);
			}
		}
		catch (NodeUnreachableException ex) {
			this.stale.add(node);
			this.ejected.failed(node, ex);
		}
		catch (JedisException ex) {
			this.stale.add(node);
		}
	}

	private static void ask(PooledConnection connection, Consumer<PooledConnection> question) {
		int timeout = connection.getSoTimeout();
		connection.setSoTimeout(Math.min(timeout, TIMEOUT_MILLIS));
		try {
			question.accept(connection);
		}
		finally {
			if (!connection.isBroken()) {
				connection.setSoTimeout(timeout);
			}
		}
	}

	private void checkPrimary(PooledConnection connection, boolean askForMoves) {
		ReplicationCheck check = ReplicationCheck.of(connection, this.nanoTime);
		note(connection.address(), check);
		if (askForMoves && this.moves != null) {
			try {
				this.moves.ask(connection);
			}
			catch (JedisDataException ex) {
				if (ErrorReply.of(ex).isNeverAnswered()) {
					warnOnce(this.movesHidden,
							"learn which slots are moving, and may not find keys that are on their way",
							"+cluster|nodes");
				}
			}
		}
	}

	private void checkReplica(PooledConnection connection) {
		ReplicationCheck check = ReplicationCheck.of(connection, this.nanoTime);
		note(connection.address(), check);
		if (check.state() == ReplicationCheck.State.IN_SYNC) {
			this.stale.remove(connection.address());
		}
		else {
			this.stale.add(connection.address());
		}
		if (check.state() == ReplicationCheck.State.SECRET) {
			warnOnce(this.stateHidden, "learn whether replicas are in sync, and reads from primaries only",
					"+info or +role");
		}
	}

	private void note(HostAndPort node, ReplicationCheck check) {
		this.roundTrips.merge(node, (double) check.roundTripNanos(),
				(average, newest) -> (1 - NEWEST) * average + NEWEST * newest);
	}

	private void warnOnce(AtomicBoolean warned, String lack, String right) {
		if (warned.compareAndSet(false, true)) {
			logger.warn("Client '{}' cannot {}: its Redis user lacks the right to ask; grant it {}", this.client, lack,
					right);
		}
	}

}
