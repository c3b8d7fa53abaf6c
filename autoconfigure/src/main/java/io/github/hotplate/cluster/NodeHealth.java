package io.github.hotplate.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.NodeUnreachableException;

/**
 * Knows which nodes are fit to be asked. Those that have failed are not. Where replicas
 * are read from, those that are cut off from their primary are left out too, and the time
 * that nodes take to answer is measured. Owns one thread.
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

	private final FailedNodes failedNodes;

	private final Set<HostAndPort> stale = ConcurrentHashMap.newKeySet();

	private final Map<HostAndPort, Double> roundTrips = new ConcurrentHashMap<>();

	private final BackgroundThread thread;

	/**
	 * Create an instance.
	 * @param client the name of the client
	 * @param pools the connections
	 * @param topology the topology as it is known at the moment
	 * @param failedNodes knows which nodes have failed, or {@code null} to suspect them
	 * until they answer again
	 */
	NodeHealth(String client, ConnectionPools pools, Supplier<ClusterTopology> topology,
			@Nullable FailedNodes failedNodes) {
		this.client = client;
		this.pools = pools;
		this.topology = topology;
		this.thread = new BackgroundThread(client, "health");
		this.failedNodes = (failedNodes != null) ? failedNodes
				: new SuspectNodes(client, pools,
						(node) -> topology.get().nodes().stream().anyMatch((known) -> known.address().equals(node)),
						this.thread);
	}

	void watchReplicas() {
		this.thread.repeat(this::checkReplicas, Duration.ZERO, REPLICA_INTERVAL);
	}

	boolean isSuspect(HostAndPort node) {
		return this.failedNodes.contains(node);
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
	 * Note that a node could not be reached, lost a connection or did not answer in time.
	 * @param node the node
	 * @param failure what happened
	 */
	void failed(HostAndPort node, RuntimeException failure) {
		this.failedNodes.failed(node, failure);
	}

	/**
	 * Note that a node has answered, be it with an error.
	 * @param node the node
	 */
	void answered(HostAndPort node) {
		this.failedNodes.answered(node);
	}

	/**
	 * Return what a caller is told who asks for a node that is suspect.
	 * @param node the node
	 * @return the exception to throw
	 */
	NodeUnreachableException refusal(HostAndPort node) {
		return this.failedNodes.refusal(node);
	}

	/**
	 * Return which nodes are suspect.
	 * @return for how long, by node
	 */
	Map<HostAndPort, Outage> outages() {
		return this.failedNodes.outages();
	}

	/**
	 * Note that a replica refused to serve, until the next check.
	 * @param node the replica
	 */
	void staleReplica(HostAndPort node) {
		this.stale.add(node);
	}

	/**
	 * Note that the cluster has given up a node, or its place as a primary. If the node
	 * is silent, whoever waits for it is let go: he would wait for a time-out, or for
	 * ever where he writes or blocks. A node that answers is left to answer.
	 * @param pool the connections to the node
	 */
	void givenUp(NodePool pool) {
		this.thread.repeatUntilDone(() -> releaseCallers(pool), Duration.ZERO, PROBE_INTERVAL);
	}

	private boolean releaseCallers(NodePool pool) {
		if (pool.usage().active() == 0) {
			return true;
		}
		ProbeResult result = pool.probe();
		if (result == ProbeResult.SILENT) {
			logger.warn("Client '{}' abandons its connections to {}, which the cluster has given up", this.client,
					pool.address());
			pool.abandon();
		}
		return result != ProbeResult.NOT_ASKED;
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
