package io.github.hotplate.cluster;

import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.CallDeadline;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.execution.Recovery;

/**
 * Lends connections to the nodes of a cluster that are fit to be asked, and is told of
 * those that fail. Thread-safe.
 */
final class NodeConnectionProvider {

	private final String client;

	private final ConnectionPools pools;

	private final NodeHealth health;

	private final TopologyRefresher refresher;

	private final BackgroundThread thread;

	private final Supplier<ClusterTopology> topology;

	private final boolean membersOnly;

	private final LongAdder exhaustedWaits = new LongAdder();

	private final Map<HostAndPort, ClusterRecovery> recoveries = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * Create a provider.
	 * @param client the name of the client
	 * @param pools the connections
	 * @param health knows which nodes answer
	 * @param refresher learns the topology anew when a node has failed
	 * @param thread where nodes are asked whether they take commands again
	 * @param topology the topology as it is known at the moment
	 * @param membersOnly whether nodes outside of the topology are not to be asked. A
	 * cluster's node refuses what is not its own and may lead to one that is not known
	 * yet; a primary that was demoted while it was cut off still takes writes, which will
	 * be lost
	 */
	NodeConnectionProvider(String client, ConnectionPools pools, NodeHealth health, TopologyRefresher refresher,
			BackgroundThread thread, Supplier<ClusterTopology> topology, boolean membersOnly) {
		this.client = client;
		this.pools = pools;
		this.health = health;
		this.refresher = refresher;
		this.thread = thread;
		this.topology = topology;
		this.membersOnly = membersOnly;
	}

	/**
	 * Borrow a connection. Where the limit is reached, the wait ends after the client's
	 * {@code timeout} or at the deadline of the call, whichever comes first.
	 * @param node the node
	 * @return a connection that the caller closes
	 */
	PooledConnection borrow(HostAndPort node) {
		NodePool pool = reachable(node);
		PooledConnection connection = pool.tryBorrow();
		return (connection != null) ? connection : waitFor(pool, node);
	}

	/**
	 * Borrow a connection for a caller who keeps it, and who would not tell that the node
	 * cannot be reached.
	 * @param node the node
	 * @return a connection that the caller closes
	 */
	PooledConnection lend(HostAndPort node) {
		try {
			return borrow(node);
		}
		catch (NodeUnreachableException ex) {
			noteFailure(node, ex);
			throw ex;
		}
	}

	// A node may have failed while its callers waited. If each found that out by himself,
	// those who want other nodes would not get a permit meanwhile.
	private PooledConnection waitFor(NodePool pool, HostAndPort node) {
		try {
			return pool.borrow(CallDeadline.limit(this.pools.maxWait()), () -> checkHealth(node));
		}
		catch (ConnectionPoolExhaustedException ex) {
			this.exhaustedWaits.increment();
			throw ex;
		}
	}

	long exhaustedWaits() {
		return this.exhaustedWaits.sum();
	}

	/**
	 * Borrow a connection if that takes no waiting.
	 * @param node the node
	 * @return a connection that the caller closes, or {@code null} where the limit is
	 * reached
	 */
	@Nullable PooledConnection tryBorrow(HostAndPort node) {
		return reachable(node).tryBorrow();
	}

	private void checkHealth(HostAndPort node) {
		if (this.health.isSuspect(node)) {
			throw this.health.refusal(node);
		}
	}

	private NodePool reachable(HostAndPort node) {
		checkHealth(node);
		// Before the topology is looked at: what becomes of the node later fences it.
		NodePool pool = this.pools.get(node);
		if (this.membersOnly && !this.topology.get().contains(node)) {
			throw new NodeUnreachableException("Client '" + this.client + "' no longer uses " + node, null);
		}
		return pool;
	}

	/**
	 * Note that a node could not be reached or lost a connection.
	 * @param node the node
	 * @param failure what happened
	 */
	void noteFailure(HostAndPort node, RuntimeException failure) {
		this.health.failed(node, failure);
		this.refresher.requestRefresh();
	}

	/**
	 * Note that a node has answered, be it with an error.
	 * @param node the node
	 */
	void noteAnswer(HostAndPort node) {
		this.health.answered(node);
	}

	/**
	 * Note that a node refused to serve, since it loads its data or has lost its primary.
	 * @param node the node
	 */
	void noteStale(HostAndPort node) {
		this.health.staleReplica(node);
		this.refresher.requestRefresh();
	}

	/**
	 * Note that a node no longer is what the topology says.
	 */
	void noteMoved() {
		this.refresher.requestRefresh();
	}

	/**
	 * Return what tells that a node, which said that the cluster is down, takes commands
	 * again or is no longer needed.
	 * @param node the node
	 * @return the recovery, shared by all who wait for the node
	 */
	Recovery recoveryOf(HostAndPort node) {
		ClusterRecovery recovery = this.recoveries.computeIfAbsent(node,
				(key) -> new ClusterRecovery(this.thread, () -> takesCommands(key)));
		if (this.closed) {
			// The thread that would ask has ended.
			recovery.end();
		}
		return recovery;
	}

	private boolean takesCommands(HostAndPort node) {
		this.refresher.requestRefresh();
		boolean primary = this.topology.get()
			.shards()
			.stream()
			.anyMatch((shard) -> shard.primary().address().equals(node));
		if (!primary || this.health.isSuspect(node)) {
			// The commands that wait are to find their way elsewhere.
			return true;
		}
		try (PooledConnection connection = tryBorrow(node)) {
			return connection != null && ClusterState.isOk(connection);
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Follow a change of the topology: close the connections to nodes that are gone, and
	 * see to those who wait for a node that is no longer what it was.
	 * @param former the topology before
	 * @param current the topology now
	 */
	void follow(ClusterTopology former, ClusterTopology current) {
		Set<HostAndPort> members = nodes(current);
		Set<HostAndPort> givenUp = nodes(former);
		givenUp.removeAll(members);
		givenUp.addAll(primaries(former));
		givenUp.removeAll(primaries(current));
		givenUp.stream().map(this.pools::find).filter(Objects::nonNull).forEach(this.health::givenUp);
		if (this.membersOnly) {
			this.pools.fence(givenUp);
		}
		this.pools.retain(members);
		this.recoveries.keySet().stream().filter((node) -> !members.contains(node)).forEach(this::endRecovery);
	}

	private void endRecovery(HostAndPort node) {
		ClusterRecovery recovery = this.recoveries.remove(node);
		if (recovery != null) {
			recovery.end();
		}
	}

	private static Set<HostAndPort> nodes(ClusterTopology topology) {
		return topology.nodes().stream().map(ClusterNode::address).collect(Collectors.toCollection(HashSet::new));
	}

	private static Set<HostAndPort> primaries(ClusterTopology topology) {
		return topology.shards().stream().map((shard) -> shard.primary().address()).collect(Collectors.toSet());
	}

	/**
	 * Close all connections and let all callers go on that wait for a node.
	 */
	void close() {
		this.closed = true;
		this.pools.close();
		this.recoveries.values().forEach(ClusterRecovery::end);
	}

}
