package io.github.hotplate.cluster;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.KeySpecs;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfig.PoolLimits;
import io.github.hotplate.config.ReadPreference;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.ConnectionSource;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.execution.Recovery;

/**
 * The connections of one client to the nodes of its cluster, within one limit.
 * Thread-safe. Connections are opened when they are needed; two background threads, named
 * after the client, keep the topology and the health of the nodes current until the pool
 * is closed.
 *
 * @since 0.1.0
 * @see ClusterPoolFactory
 */
public final class ClusterPool implements ConnectionSource, AutoCloseable {

	private final String name;

	private final PoolLimits limits;

	private final ConnectionPools pools;

	private final NodeHealth health;

	private final ReadRouting reads;

	private final BackgroundThread topologyThread;

	private final TopologySource source;

	private final TopologyRefresher refresher;

	private final CommandExecutor executor;

	private final KeySpecs keySpecs;

	private final Map<HostAndPort, ClusterRecovery> recoveries = new ConcurrentHashMap<>();

	private final List<Consumer<ClusterTopology>> topologyListeners = new CopyOnWriteArrayList<>();

	private volatile ClusterTopology topology = ClusterTopology.EMPTY;

	ClusterPool(ClientConfig config, JedisClientConfig jedisConfig) {
		this.name = config.name();
		this.limits = config.poolLimits();
		boolean replicas = config.clusterOptions().readPreference() != ReadPreference.PRIMARY;
		this.pools = new ConnectionPools(this.name, this.limits, config.timeouts().poolWait(), jedisConfig, replicas);
		this.health = new NodeHealth(this.name, this.pools, this::topology);
		this.reads = new ReadRouting(config.clusterOptions().readPreference(), this.health);
		this.topologyThread = new BackgroundThread(this.name, "topology");
		this.source = new TopologySource(this.name, config.url().seeds(),
				config.clusterOptions().nodemanagerFollowCluster(), this.pools, this.health);
		this.refresher = new TopologyRefresher(this.name, this::refresh, this.topologyThread);
		this.executor = new ClusterCommandRouter(this);
		this.keySpecs = new KeySpecs(this.executor::executeCommand);
	}

	/**
	 * Return the name of the client that the pool belongs to.
	 * @return the name, which is the configuration prefix without its final dot
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the bound on open connections.
	 * @return the bound, over all nodes or for each of them
	 * @see #isLimitPerNode()
	 */
	public int maxConnections() {
		return this.limits.maxConnections();
	}

	/**
	 * Tell what {@link #maxConnections()} bounds.
	 * @return whether each node has the whole bound for itself
	 */
	public boolean isLimitPerNode() {
		return this.limits.perNode();
	}

	/**
	 * Return the topology as it is known at the moment.
	 * @return the topology, empty as long as the cluster was never reached
	 */
	public ClusterTopology topology() {
		return this.topology;
	}

	/**
	 * Return how the connections to each node are used.
	 * @return the usage of every node of the topology
	 */
	public Map<ClusterNode, PoolUsage> usage() {
		Map<ClusterNode, PoolUsage> usage = new LinkedHashMap<>();
		this.topology.nodes().forEach((node) -> usage.put(node, this.pools.usage(node.address())));
		return usage;
	}

	/**
	 * Return how the connections to one node are used.
	 * @param node the node
	 * @return its usage, zero where it is not in use
	 */
	public PoolUsage usage(ClusterNode node) {
		return this.pools.usage(node.address());
	}

	/**
	 * Have a listener told of the topology, now and whenever its nodes change.
	 * @param listener is told on the thread that learns the topology; must be quick
	 */
	public void onTopologyChange(Consumer<ClusterTopology> listener) {
		this.topologyListeners.add(listener);
		listener.accept(this.topology);
	}

	/**
	 * Return how all connections are used.
	 * @return the usage over all nodes
	 */
	public PoolUsage totalUsage() {
		return this.pools.usage();
	}

	/**
	 * Return the executor that routes commands to the nodes, without any advice.
	 * @return the executor, which becomes unusable when the pool is closed
	 */
	public CommandExecutor executor() {
		return this.executor;
	}

	/**
	 * Return advice that splits commands which several nodes must see. Without it the
	 * executor refuses commands whose keys hash to several slots.
	 * @return the advice, to be woven outside of advice that repeats commands
	 */
	public MethodInterceptor splitAdvice() {
		return new SplitAdvice(new CommandSplitter(this.name, this::topology));
	}

	/**
	 * Return what marks the keys of commands that are given as a name and bytes.
	 * @return the specifications of this cluster's commands
	 */
	public KeySpecs keySpecs() {
		return this.keySpecs;
	}

	@Override
	public Connection borrow() {
		return borrow(anyPrimary());
	}

	@Override
	public Connection borrow(int slot) {
		return borrow(shardOf(slot).primary().address());
	}

	@Override
	public PooledConnection borrow(HostAndPort node) {
		return reachable(node).borrow(this.pools.maxWait());
	}

	@Nullable PooledConnection tryBorrow(HostAndPort node) {
		return reachable(node).tryBorrow(Duration.ZERO);
	}

	private NodePool reachable(HostAndPort node) {
		if (this.health.isSuspect(node)) {
			throw new NodeUnreachableException(
					"Client '" + this.name + "' has lately got no answer from " + node + ", and probes it", null);
		}
		return this.pools.get(node);
	}

	/**
	 * Return a primary, one that is known to answer if there is any.
	 * @return the address of a primary
	 */
	HostAndPort anyPrimary() {
		List<HostAndPort> primaries = this.topology.shards()
			.stream()
			.map((shard) -> shard.primary().address())
			.toList();
		if (primaries.isEmpty()) {
			requestRefresh();
			throw new ClusterDownException("Client '" + this.name + "' has not reached any node of its cluster yet",
					null);
		}
		List<HostAndPort> fit = primaries.stream().filter((node) -> !this.health.isSuspect(node)).toList();
		List<HostAndPort> candidates = fit.isEmpty() ? primaries : fit;
		return candidates.get(ThreadLocalRandom.current().nextInt(candidates.size()));
	}

	Shard shardOf(int slot) {
		Shard shard = this.topology.shardOf(slot);
		if (shard == null) {
			requestRefresh();
			throw new ClusterDownException("No node of client '" + this.name + "' serves slot " + slot, null);
		}
		return shard;
	}

	/**
	 * Return the node that answers a command that only reads.
	 * @param shard the shard of the command's keys
	 * @return the address of the primary or of a fit replica
	 */
	HostAndPort readerOf(Shard shard) {
		return this.reads.select(shard);
	}

	/**
	 * Return the node that answers a read after a replica has failed.
	 * @param shard the shard of the command's keys
	 * @return the address of another replica, where replicas are to be preferred to the
	 * primary even then, or of the primary
	 */
	HostAndPort fallbackOf(Shard shard) {
		return this.reads.selectAfterFailure(shard);
	}

	/**
	 * Note that a node could not be reached, lost a connection or refused to serve.
	 * @param node the node
	 * @param failure what happened
	 */
	void noteFailure(HostAndPort node, RuntimeException failure) {
		if (failure instanceof NodeUnreachableException || failure.getCause() instanceof SocketTimeoutException) {
			this.health.suspect(node);
		}
		else if (failure instanceof JedisDataException) {
			this.health.staleReplica(node);
		}
		requestRefresh();
	}

	/**
	 * Return what tells that a node, which said that the cluster is down, takes commands
	 * again or is no longer needed.
	 * @param node the node
	 * @return the recovery, shared by all who wait for the node
	 */
	Recovery recoveryOf(HostAndPort node) {
		return this.recoveries.computeIfAbsent(node,
				(key) -> new ClusterRecovery(this.topologyThread, () -> takesCommands(key)));
	}

	private boolean takesCommands(HostAndPort node) {
		requestRefresh();
		boolean primary = this.topology.shards().stream().anyMatch((shard) -> shard.primary().address().equals(node));
		if (!primary || this.health.isSuspect(node)) {
			// The commands that wait are to find their way elsewhere.
			return true;
		}
		try (PooledConnection connection = tryBorrow(node)) {
			return connection != null && ClusterState.isOk(connection);
		}
		catch (JedisException | DataAccessException ex) {
			return false;
		}
	}

	/**
	 * Learn the topology now, on the caller's thread.
	 * @throws ClusterDownException if no node answered
	 */
	void refresh() {
		ClusterTopology known = this.topology;
		ClusterTopology current = this.source.read(known);
		this.topology = current;
		if (!current.nodes().equals(known.nodes())) {
			this.topologyListeners.forEach((listener) -> listener.accept(current));
		}
		List<HostAndPort> members = current.nodes().stream().map(ClusterNode::address).toList();
		this.pools.retain(members);
		this.recoveries.keySet().retainAll(members);
	}

	/**
	 * Have the topology learnt anew in the background.
	 */
	void requestRefresh() {
		this.refresher.requestRefresh();
	}

	void startBackgroundWork(Duration topologyRefreshPeriod) {
		this.refresher.start(topologyRefreshPeriod);
		if (this.reads.usesReplicas()) {
			this.health.watchReplicas();
		}
	}

	/**
	 * Close all connections and stop the background thread. Commands that run are not
	 * waited for; their connections are closed when they end.
	 */
	@Override
	public void close() {
		this.topologyThread.close();
		this.health.close();
		this.pools.close();
		this.recoveries.values().forEach(ClusterRecovery::release);
	}

	@Override
	public String toString() {
		return "ClusterPool[" + this.name + ", " + this.topology.nodes().size() + " nodes, " + totalUsage() + "]";
	}

}
