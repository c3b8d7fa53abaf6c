package io.github.hotplate.cluster;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.KeySpecs;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfig.PoolLimits;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.config.ReadPreference;
import io.github.hotplate.execution.ConnectionSource;
import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.execution.MonitoringFailures;
import io.github.hotplate.execution.SplitListener;
import io.github.hotplate.sentinel.SentinelMonitor;
import io.github.hotplate.sharding.PenaltyBox;
import io.github.hotplate.sharding.PenaltyEvent;

/**
 * The connections of one client to its nodes, be they a cluster, a primary with its
 * replicas or a single server, within one limit. Thread-safe. Connections are opened when
 * they are needed; two background threads, named after the client, keep the topology and
 * the health of the nodes current until the pool is closed.
 *
 * @since 0.1.0
 * @see ClusterPoolFactory
 */
public final class ClusterPool implements ConnectionSource, AutoCloseable {

	private final String name;

	private final ClientMode mode;

	private final PoolLimits limits;

	private final ConnectionPools pools;

	private final @Nullable PenalizedShards penalties;

	private final NodeHealth health;

	private final ReadRouting reads;

	private final LiveTopology topology;

	private final NodeConnectionProvider connections;

	private final NodeSelector selector;

	private final CommandExecutor executor;

	private final KeySpecs keySpecs;

	private final DedicatedConnections dedicatedConnections;

	ClusterPool(ClientConfig config, JedisClientConfig jedisConfig, MonitoringFailures monitoringFailures) {
		this.name = config.name();
		this.mode = config.mode();
		this.limits = config.poolLimits();
		// Replicas that are no part of a cluster answer reads without being asked to.
		boolean readOnly = this.mode == ClientMode.CLUSTER
				&& config.clusterOptions().readPreference() != ReadPreference.PRIMARY;
		this.pools = new ConnectionPools(this.name, this.limits, config.timeouts().poolWait(), jedisConfig, readOnly);
		this.penalties = (this.mode == ClientMode.SHARDED) ? new PenalizedShards(config, this.pools, monitoringFailures)
				: null;
		this.health = new NodeHealth(this.name, this.pools, this::topology, this.penalties);
		this.reads = new ReadRouting(config.clusterOptions().readPreference(), this.health);
		this.topology = new LiveTopology(this.name, source(config, jedisConfig), this::follow, monitoringFailures);
		TopologyRefresher refresher = this.topology.refresher();
		// What waits for a shard that is left out is let go. Nobody asks for that again.
		onPenalty((event) -> refresher.requestRefreshAfterNews());
		this.connections = new NodeConnectionProvider(this.name, this.pools, this.health, refresher,
				this.topology.thread(), this::topology, this.mode == ClientMode.SENTINEL);
		this.selector = new NodeSelector(this.name, this::topology, this.reads, this.health, refresher);
		this.executor = new ClusterCommandRouter(this.name, keySlots(), this.selector, this.connections);
		this.keySpecs = new KeySpecs(this.executor::executeCommand, this.mode != ClientMode.SHARDED);
		this.dedicatedConnections = new ClusterDedicatedConnections(jedisConfig, keySlots(), this::topology,
				refresher::requestRefresh);
	}

	private TopologySource source(ClientConfig config, JedisClientConfig jedisConfig) {
		List<HostAndPort> seeds = config.url().seeds();
		return switch (this.mode) {
			case CLUSTER -> new ClusterTopologySource(this.name, seeds,
					config.clusterOptions().nodemanagerFollowCluster(), this.pools, this.health);
			case STANDALONE -> new StandaloneTopologySource(this.name, seeds.get(0), this.pools);
			case SENTINEL -> new SentinelTopologySource(new SentinelMonitor(config, jedisConfig));
			case SHARDED ->
				new ShardedTopologySource(this.name, seeds, this.pools, Objects.requireNonNull(this.penalties));
		};
	}

	/**
	 * Return the name of the client that the pool belongs to.
	 * @return the name, which is the configuration prefix without its final dot
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return how the client's servers work together.
	 * @return the mode
	 */
	public ClientMode mode() {
		return this.mode;
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
	 * @return the topology, empty as long as Redis was never reached
	 */
	public ClusterTopology topology() {
		return this.topology.current();
	}

	/**
	 * Return the nodes to which no commands are sent, since they could not be reached or
	 * did not answer in time. They are probed until they answer. Asks nobody.
	 * @return for how long, by node; empty if all nodes of the topology are in use
	 */
	public Map<ClusterNode, Outage> leftOut() {
		Map<HostAndPort, Outage> outages = this.health.outages();
		return topology().nodes()
			.stream()
			.filter((node) -> outages.containsKey(node.address()))
			.collect(Collectors.toMap(Function.identity(), (node) -> outages.get(node.address())));
	}

	/**
	 * Tell whether a node is left out.
	 * @param node the node
	 * @return whether no commands are sent to it
	 * @see #leftOut()
	 */
	public boolean isLeftOut(ClusterNode node) {
		return this.health.isSuspect(node.address());
	}

	/**
	 * Return what leaves out shards that fail.
	 * @return the box, or {@code null} unless the client's mode is {@code sharded}
	 */
	public @Nullable PenaltyBox penaltyBox() {
		return (this.penalties != null) ? this.penalties.box() : null;
	}

	/**
	 * Have a listener told when a shard is left out and when it is used again.
	 * @param listener is told on the penalty box's thread, and must be quick; never,
	 * where there is no box
	 */
	public void onPenalty(Consumer<PenaltyEvent> listener) {
		if (this.penalties != null) {
			this.penalties.addListener(listener);
		}
	}

	/**
	 * Return how the connections to each node are used.
	 * @return the usage of every node of the topology
	 */
	public Map<ClusterNode, PoolUsage> usage() {
		Map<ClusterNode, PoolUsage> usage = new LinkedHashMap<>();
		topology().nodes().forEach((node) -> usage.put(node, this.pools.usage(node.address())));
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
	 * @param listener is told on this thread and later on that which learns the topology,
	 * one after the other and of the newest last; must be quick
	 */
	public void onTopologyChange(Consumer<ClusterTopology> listener) {
		this.topology.addListener(listener);
	}

	/**
	 * Return how all connections are used.
	 * @return the usage over all nodes
	 */
	public PoolUsage totalUsage() {
		return this.pools.usage();
	}

	/**
	 * Return how many callers wait for a connection.
	 * @return the number of callers at the moment
	 */
	public int waitingCallers() {
		return this.pools.waiting();
	}

	/**
	 * Return how many callers have waited for a connection in vain.
	 * @return the number of waits since the client was made
	 */
	public long exhaustedWaits() {
		return this.connections.exhaustedWaits();
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
	 * executor refuses commands whose keys hash to several slots. Where one node has all
	 * keys, the advice leaves every command alone.
	 * @param listeners are told of every command that is split
	 * @param monitoringFailures is told when a listener fails
	 * @return the advice, to be woven outside of advice that repeats commands
	 */
	public MethodInterceptor splitAdvice(List<SplitListener> listeners, MonitoringFailures monitoringFailures) {
		if (keySlots() == KeySlots.SINGLE) {
			return MethodInvocation::proceed;
		}
		return new SplitAdvice(new CommandSplitter(this.name, keySlots(), this::topology), listeners,
				monitoringFailures);
	}

	/**
	 * Return what marks the keys of commands that are given as a name and bytes.
	 * @return the specifications of this cluster's commands
	 */
	public KeySpecs keySpecs() {
		return this.keySpecs;
	}

	/**
	 * Return what opens connections beside this pool.
	 * @return connections that count towards no limit
	 */
	public DedicatedConnections dedicatedConnections() {
		return this.dedicatedConnections;
	}

	@Override
	public KeySlots keySlots() {
		return this.topology.keySlots();
	}

	@Override
	public Connection borrow() {
		return borrow(this.selector.anyPrimary());
	}

	@Override
	public Connection borrow(int slot) {
		return borrow(this.selector.primaryOf(slot));
	}

	@Override
	public PooledConnection borrow(HostAndPort node) {
		return this.connections.lend(node);
	}

	/**
	 * Learn the topology now, on the caller's thread.
	 * @throws DataAccessException if it cannot be learnt
	 */
	void refresh() {
		this.topology.refresh();
	}

	private void follow(ClusterTopology former, ClusterTopology current) {
		this.connections.follow(former, current);
	}

	/**
	 * Have the topology learnt anew in the background.
	 */
	void requestRefresh() {
		this.topology.refresher().requestRefresh();
	}

	void startBackgroundWork(Duration topologyRefreshPeriod) {
		this.topology.start(topologyRefreshPeriod);
		if (this.reads.usesReplicas()) {
			this.health.watchReplicas();
		}
	}

	/**
	 * Close all connections and stop the background threads. Commands that run are not
	 * waited for; their connections are closed when they end.
	 */
	@Override
	public void close() {
		if (this.penalties != null) {
			this.penalties.close();
		}
		this.topology.close();
		this.health.close();
		this.connections.close();
	}

	@Override
	public String toString() {
		return "ClusterPool[" + this.name + ", " + topology().nodes().size() + " nodes, " + totalUsage() + "]";
	}

}
