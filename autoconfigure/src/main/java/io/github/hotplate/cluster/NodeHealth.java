package io.github.hotplate.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;

/**
 * Knows which nodes are fit to be asked. A node that could not be reached, or that did
 * not answer in time, is suspect: commands for it fail at once, to be repeated by the
 * retry advice, instead of each waiting for its own time-out; a probe in the background
 * tells when it answers again. Where replicas are read from, those that are cut off from
 * their primary are left out too, and the time that nodes take to answer is measured.
 * Owns one thread.
 */
final class NodeHealth implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(NodeHealth.class);

	private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);

	private static final Duration REPLICA_INTERVAL = Duration.ofSeconds(1);

	/**
	 * Weight of the newest round trip in the moving average.
	 */
	private static final double NEWEST = 0.25;

	private final String client;

	private final ConnectionPools pools;

	private final Supplier<ClusterTopology> topology;

	private final Set<HostAndPort> suspects = ConcurrentHashMap.newKeySet();

	private final Set<HostAndPort> stale = ConcurrentHashMap.newKeySet();

	private final Map<HostAndPort, Double> roundTrips = new ConcurrentHashMap<>();

	private final BackgroundThread thread;

	NodeHealth(String client, ConnectionPools pools, Supplier<ClusterTopology> topology) {
		this.client = client;
		this.pools = pools;
		this.topology = topology;
		this.thread = new BackgroundThread(client, "health");
	}

	void watchReplicas() {
		this.thread.repeat(this::checkReplicas, Duration.ZERO, REPLICA_INTERVAL);
	}

	boolean isSuspect(HostAndPort node) {
		return this.suspects.contains(node);
	}

	/**
	 * Tell whether a replica can stand in for its primary.
	 * @param node the replica
	 * @return whether it answers and follows its primary, as far as is known
	 */
	boolean isFitReplica(HostAndPort node) {
		return !isSuspect(node) && !this.stale.contains(node);
	}

	/**
	 * Return how long a node takes to answer.
	 * @param node the node
	 * @return the moving average in nanoseconds, infinite where it was never measured
	 */
	double roundTrip(HostAndPort node) {
		return this.roundTrips.getOrDefault(node, Double.POSITIVE_INFINITY);
	}

	/**
	 * Note that a node could not be reached or did not answer in time.
	 * @param node the node
	 */
	void suspect(HostAndPort node) {
		if (isMember(node) && this.suspects.add(node)) {
			logger.warn("Client '{}' cannot reach {} and probes it until it answers", this.client, node);
			this.thread.submit(() -> probe(node), Duration.ZERO);
		}
	}

	/**
	 * Note that a replica refused to serve, until the next check.
	 * @param node the replica
	 */
	void staleReplica(HostAndPort node) {
		this.stale.add(node);
	}

	private void probe(HostAndPort node) {
		boolean member = isMember(node);
		if (!member || this.pools.get(node).answers()) {
			this.suspects.remove(node);
			logger.info("Client '{}' {} {}", this.client, member ? "reaches again" : "no longer needs", node);
		}
		else {
			this.thread.submit(() -> probe(node), PROBE_INTERVAL);
		}
	}

	private boolean isMember(HostAndPort node) {
		return this.topology.get().nodes().stream().anyMatch((known) -> known.address().equals(node));
	}

	private void checkReplicas() {
		for (Shard shard : this.topology.get().shards()) {
			check(shard.primary().address(), false);
			shard.replicas().forEach((replica) -> check(replica.address(), true));
		}
	}

	private void check(HostAndPort node, boolean replica) {
		if (isSuspect(node)) {
			return;
		}
		ReplicationCheck check = ReplicationCheck.run(this.pools.get(node));
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

	@Override
	public void close() {
		this.thread.close();
	}

}
