package io.github.hotplate.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.health.Ejection;
import io.github.hotplate.health.PenalizedShards;
import io.github.hotplate.penalty.PenaltyBox;
import io.github.hotplate.penalty.PenaltyEvent;
import io.github.hotplate.pool.ConnectionCounts;
import io.github.hotplate.pool.PoolListener;
import io.github.hotplate.pool.PoolUsage;
import io.github.hotplate.subscription.SubscriptionUsage;
import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.NodeStatus;
import io.github.hotplate.topology.RefreshReason;
import io.github.hotplate.topology.SlotRange;
import io.github.hotplate.topology.Topology;
import io.github.hotplate.topology.TopologyStatus;

/**
 * The connections of one client to its nodes, within one limit: a read-only view for
 * gauges, health checks and the curious. Thread-safe. Connections are opened on demand;
 * two background threads, named after the client, keep the topology and the health of the
 * nodes current until the pool is closed.
 *
 * @since 0.1.0
 * @see ClusterPoolFactory
 */
public final class ClusterPool implements AutoCloseable {

	private final ClientAssembly assembly;

	private final ClientTemplate template;

	ClusterPool(ClientAssembly assembly, ClientTemplate template) {
		this.assembly = assembly;
		this.template = template;
	}

	ClientAssembly assembly() {
		return this.assembly;
	}

	/**
	 * Return the name of the client that the pool belongs to.
	 * @return the name, which is the configuration prefix without its final dot
	 */
	public String name() {
		return this.assembly.config().name();
	}

	/**
	 * Return how the client's servers work together.
	 * @return the mode
	 */
	public ClientMode mode() {
		return this.assembly.config().mode();
	}

	/**
	 * Return the limit on open connections.
	 * @return the limit, over all nodes or for each of them
	 */
	public int maxConnections() {
		return this.assembly.config().poolLimits().maxConnections();
	}

	/**
	 * Tell whether the limit on connections is one for each node.
	 * @return whether it is not one for all nodes together
	 */
	public boolean isLimitPerNode() {
		return this.assembly.config().poolLimits().perNode();
	}

	/**
	 * Return the current topology.
	 * @return the topology, empty until Redis is reached for the first time
	 */
	public Topology topology() {
		return this.assembly.topology().current();
	}

	/**
	 * Return how current the topology is, and what has made the client learn it. Answered
	 * from memory.
	 * @return the status at this moment
	 */
	public TopologyStatus topologyStatus() {
		return this.assembly.topology().status();
	}

	/**
	 * Return how many refreshes of the topology there were for a reason.
	 * {@link #resetStatistics()} does not affect it.
	 * @param reason the reason
	 * @return the number since the client was created
	 */
	public long topologyRefreshes(RefreshReason reason) {
		return this.assembly.topology().refreshes(reason);
	}

	/**
	 * Have the topology learned in the background, and wait for it.
	 * @param timeout how long to wait at most
	 * @return whether an attempt has ended; {@link #topologyStatus()} tells how
	 */
	public boolean refreshTopology(Duration timeout) {
		return this.assembly.topology().refreshWithin(RefreshReason.REQUEST, timeout);
	}

	/**
	 * Return how often commands were retried.
	 * @return the number of retries since the start or the last reset, by their reason as
	 * a {@link io.github.hotplate.retry.RetryListener} gets it
	 */
	public Map<String, Long> retries() {
		return this.assembly.retryStatistics().counts();
	}

	/**
	 * Have {@link #retries()} and {@link #topologyStatus()} count from zero. Meters are
	 * not affected.
	 */
	public void resetStatistics() {
		this.assembly.retryStatistics().reset();
		this.assembly.topology().resetStatistics();
	}

	/**
	 * Return the ejected nodes: no commands are sent to them, because they could not be
	 * reached or did not answer in time. They are probed until they answer. Answered from
	 * memory.
	 * @return the ejections by node; empty if all nodes of the topology are in use
	 */
	public Map<Node, Ejection> ejected() {
		Map<HostAndPort, Ejection> ejections = this.assembly.ejected().ejections();
		return topology().nodes()
			.stream()
			.filter((node) -> ejections.containsKey(node.address()))
			.collect(Collectors.toMap(Function.identity(), (node) -> ejections.get(node.address())));
	}

	/**
	 * Return for how long no node has answered. Answered from memory; each call starts a
	 * check in the background, if none runs.
	 * @return the time, zero if a node answered when last asked
	 */
	public Duration silence() {
		return this.assembly.silence().lasting();
	}

	/**
	 * Return for how long a cluster has been refusing all commands, because a slot has no
	 * node and the servers require full coverage, or because no majority is left.
	 * Answered from memory; each call during an outage starts a refresh of the topology.
	 * @return the time, zero if the cluster was up when last asked, and in other modes
	 */
	public Duration outage() {
		return this.assembly.topology().outage();
	}

	/**
	 * Return how many slots of a cluster cannot be written, because no node is known to
	 * serve them or because that node is ejected. Answered from memory.
	 * @return the number of slots, 0 to 16384; 0 in other modes
	 */
	public int uncoveredSlots() {
		if (mode() != ClientMode.CLUSTER) {
			return 0;
		}
		return CommandKeys.SLOTS - topology().shards()
			.stream()
			.filter((shard) -> !isEjected(shard.primary()))
			.flatMap((shard) -> shard.slots().stream())
			.mapToInt(SlotRange::size)
			.sum();
	}

	/**
	 * Ask the nodes that are in use about themselves, side by side, on connections that
	 * count towards no limit. Returns at once.
	 * @param patience how long to wait for all of them together
	 * @return the answers of those that answer in time
	 */
	public CompletableFuture<Map<Node, NodeStatus>> askNodes(Duration patience) {
		List<Node> inUse = topology().nodes().stream().filter((node) -> !isEjected(node)).toList();
		return this.assembly.survey()
			.ask(inUse.stream().map(Node::address).toList(), patience)
			.thenApply((answers) -> inUse.stream()
				.filter((node) -> answers.containsKey(node.address()))
				.collect(Collectors.toMap(Function.identity(), (node) -> answers.get(node.address()))));
	}

	/**
	 * Tell whether a node is ejected.
	 * @param node the node
	 * @return whether no commands are sent to it
	 * @see #ejected()
	 */
	public boolean isEjected(Node node) {
		return this.assembly.ejected().contains(node.address());
	}

	/**
	 * Return the penalty box of a sharded client.
	 * @return the box, or {@code null} in any other mode
	 */
	public @Nullable PenaltyBox penaltyBox() {
		PenalizedShards penalties = this.assembly.penalties();
		return (penalties != null) ? penalties.box() : null;
	}

	/**
	 * Register a listener for the transitions of a sharded client's penalty box.
	 * @param listener called on the penalty box's thread, and must be quick; never called
	 * in any other mode
	 */
	public void onPenalty(Consumer<PenaltyEvent> listener) {
		this.assembly.onPenalty(listener);
	}

	/**
	 * Return how the connections to each node are used.
	 * @return the usage of every node of the topology
	 */
	public Map<Node, PoolUsage> usage() {
		Map<Node, PoolUsage> usage = new LinkedHashMap<>();
		topology().nodes().forEach((node) -> usage.put(node, usage(node)));
		return usage;
	}

	/**
	 * Return how the connections to one node are used.
	 * @param node the node
	 * @return its usage, zero if the node is not in use
	 */
	public PoolUsage usage(Node node) {
		return this.assembly.pools().usage(node.address());
	}

	/**
	 * Return how all connections are used.
	 * @return the usage over all nodes
	 */
	public PoolUsage totalUsage() {
		return this.assembly.pools().usage();
	}

	/**
	 * Return how many connections to one node have been opened and closed.
	 * @param node the node
	 * @return the counts since the node is in use
	 */
	public ConnectionCounts connectionCounts(Node node) {
		return this.assembly.pools().counts(node.address());
	}

	/**
	 * Return how many connections have been opened and closed.
	 * @return the counts since the client was created, nodes that left included
	 */
	public ConnectionCounts connectionCounts() {
		return this.assembly.pools().counts();
	}

	/**
	 * Have a listener told how long it takes to get, to open and to use connections.
	 * @param listener called by the threads that use the client, for each command
	 */
	public void addPoolListener(PoolListener listener) {
		this.assembly.pools().addListener(listener);
	}

	/**
	 * Tell a listener nothing anymore.
	 * @param listener the listener
	 */
	public void removePoolListener(PoolListener listener) {
		this.assembly.pools().removeListener(listener);
	}

	/**
	 * Return how many callers are waiting for a connection to one node.
	 * @param node the node
	 * @return the current number of callers
	 */
	public int waitingCallers(Node node) {
		return this.assembly.pools().waiting(node.address());
	}

	/**
	 * Return how many callers are waiting for a connection.
	 * @return the current number of callers
	 */
	public int waitingCallers() {
		return this.assembly.pools().waiting();
	}

	/**
	 * Return how many waits for a connection ended without one.
	 * @return the number of waits since the client was created
	 */
	public long exhaustedWaits() {
		return this.assembly.connections().exhaustedWaits();
	}

	/**
	 * Return how the client's subscriptions are doing. Answered from memory.
	 * @return the usage of each, the oldest first
	 */
	public List<SubscriptionUsage> subscriptions() {
		return this.assembly.subscriptions().usages();
	}

	/**
	 * Return how often a node had to be subscribed to again, because it was lost, was
	 * silent or had to be left.
	 * @return the number since the client was created
	 */
	public long resubscriptions() {
		return this.assembly.subscriptions().resubscriptions();
	}

	/**
	 * Register a listener for the topology. It is called with the current topology, and
	 * then whenever the nodes change.
	 * @param listener called on this thread first and later on the topology thread, one
	 * call at a time, the newest topology last; must be quick
	 */
	public void onTopologyChange(Consumer<Topology> listener) {
		this.assembly.topology().addListener(listener);
	}

	/**
	 * Return the template of a client that is used without auto-configuration. Its
	 * commands are split, retried and sampled for hot keys; spans and meters come with
	 * auto-configuration.
	 * @return the same template each time, for any thread, until the pool is closed
	 */
	public MonitoredRedisTemplate createTemplate() {
		return this.template.get();
	}

	/**
	 * End blocking commands and subscriptions, and refuse new ones. Other commands still
	 * run, so that an application that is about to stop can finish its work.
	 * @see #allowWaits()
	 */
	public void endWaits() {
		this.assembly.endWaits();
	}

	/**
	 * Allow blocking commands and subscriptions again.
	 */
	public void allowWaits() {
		this.assembly.pools().closing().allowWaits();
	}

	/**
	 * Refuse all commands from now on, and end those that block or wait with a
	 * {@link io.github.hotplate.execution.ClientClosedException}. Running commands have
	 * {@code shutdown_timeout} to end. Then all connections are closed, and the
	 * background threads stop.
	 */
	@Override
	public void close() {
		this.template.close();
		this.assembly.close();
	}

	@Override
	public String toString() {
		return "ClusterPool[" + name() + ", " + topology().nodes().size() + " nodes, " + totalUsage() + "]";
	}

}
