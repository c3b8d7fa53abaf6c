package io.github.hotplate.routing;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import redis.clients.jedis.HostAndPort;

import io.github.hotplate.health.EjectedNodes;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.Topology;

/**
 * Tracks which replicas can stand in for their primary and how fast nodes answer. Polls
 * every node once a second if the read preference uses replicas. Thread-safe.
 */
public final class ReplicaWatch {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * Weight of the newest round trip in the moving average.
	 */
	private static final double NEWEST = 0.25;

	private final ConnectionPools pools;

	private final EjectedNodes ejected;

	private final Supplier<Topology> topology;

	private final BackgroundThread thread;

	private final LongSupplier nanoTime;

	private final Set<HostAndPort> stale = ConcurrentHashMap.newKeySet();

	private final Map<HostAndPort, Double> roundTrips = new ConcurrentHashMap<>();

	/**
	 * Create an instance that has asked no node yet.
	 * @param pools the connections
	 * @param ejected the nodes to skip
	 * @param topology the topology of the moment
	 * @param thread where nodes are asked
	 * @param nanoTime tells the time
	 */
	public ReplicaWatch(ConnectionPools pools, EjectedNodes ejected, Supplier<Topology> topology,
			BackgroundThread thread, LongSupplier nanoTime) {
		this.pools = pools;
		this.ejected = ejected;
		this.topology = topology;
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
		return !this.ejected.contains(node) && !this.stale.contains(node);
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
		for (Shard shard : this.topology.get().shards()) {
			check(shard.primary().address(), false);
			shard.replicas().forEach((replica) -> check(replica.address(), true));
		}
	}

	private void check(HostAndPort node, boolean replica) {
		if (this.ejected.contains(node)) {
			return;
		}
		ReplicationCheck check = ReplicationCheck.run(this.pools.get(node), this.nanoTime);
		if (check == null) {
			return;
		}
		this.roundTrips.merge(node, (double) check.roundTripNanos(),
				(average, newest) -> (1 - NEWEST) * average + NEWEST * newest);
		if (replica && !check.inSync()) {
			this.stale.add(node);
		}
		else {
			this.stale.remove(node);
		}
	}

}
