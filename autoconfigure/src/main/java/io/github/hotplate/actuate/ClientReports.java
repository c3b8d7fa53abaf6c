package io.github.hotplate.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.activity.SlowCall;
import io.github.hotplate.actuate.ClientReport.LeftOutReport;
import io.github.hotplate.actuate.ClientReport.NodeReport;
import io.github.hotplate.actuate.ClientReport.PoolReport;
import io.github.hotplate.actuate.ClientReport.ReplicationReport;
import io.github.hotplate.actuate.ClientReport.SubscriptionReport;
import io.github.hotplate.actuate.ClientReport.TopologyReport;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.health.Ejection;
import io.github.hotplate.pool.ConnectionCounts;
import io.github.hotplate.pool.PoolUsage;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.NodeStatus;
import io.github.hotplate.topology.RefreshReason;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.SlotRange;
import io.github.hotplate.topology.TopologyStatus;

/**
 * Makes reports of clients. Nodes are asked for what the client does not know, and those
 * that do not answer soon are shown without it.
 */
final class ClientReports {

	/**
	 * Ample for live nodes, and short enough for somebody who watches.
	 */
	private static final Duration PATIENCE = Duration.ofMillis(700);

	private final ClientConfiguration configuration;

	ClientReports(ClientConfiguration configuration) {
		this.configuration = configuration;
	}

	/**
	 * Begin a report, and return at once.
	 * @param pool the pool of the client
	 * @return the answers of its nodes, complete soon
	 */
	static CompletableFuture<Map<Node, NodeStatus>> ask(ClusterPool pool) {
		return pool.askNodes(PATIENCE);
	}

	ClientReport of(ClusterPool pool, Map<Node, NodeStatus> answers, boolean showValues,
			@Nullable List<SlowCall> slowCalls) {
		List<NodeReport> nodes = nodes(pool, answers);
		return new ClientReport(pool.mode().label(), versions(nodes), topology(pool), total(pool), nodes,
				pool.retries(),
				pool.subscriptions().stream().limit(SubscriptionHealth.SHOWN).map(SubscriptionReport::of).toList(),
				slowCalls, this.configuration.of(pool.name(), showValues));
	}

	private static List<NodeReport> nodes(ClusterPool pool, Map<Node, NodeStatus> answers) {
		Map<Node, Ejection> ejected = pool.ejected();
		List<NodeReport> reports = new ArrayList<>();
		for (Shard shard : pool.topology().allShards()) {
			reports.add(node(pool, shard, shard.primary(), answers, ejected));
			shard.replicas().forEach((replica) -> reports.add(node(pool, shard, replica, answers, ejected)));
		}
		return reports;
	}

	private static NodeReport node(ClusterPool pool, Shard shard, Node node, Map<Node, NodeStatus> answers,
			Map<Node, Ejection> ejected) {
		NodeStatus status = answers.get(node);
		boolean primary = node.equals(shard.primary());
		boolean slots = primary && pool.mode() == ClientMode.CLUSTER;
		PoolUsage usage = pool.usage(node);
		return new NodeReport(node.toString(), primary ? "primary" : "replica",
				slots ? shard.slots().stream().mapToInt(SlotRange::size).sum() : null,
				slots ? shard.slots().stream().map(ClientReports::range).toList() : null,
				(status != null) ? status.server() : null, (status != null) ? status.version() : null,
				(status != null) ? status.zone() : null, ReplicationReport.of(status, answers.get(shard.primary())),
				LeftOutReport.of(ejected.get(node)), pool(pool.isLimitPerNode() ? pool.maxConnections() : null, usage,
						pool.waitingCallers(node), pool.connectionCounts(node), null));
	}

	private static String range(SlotRange range) {
		return (range.size() == 1) ? String.valueOf(range.first()) : range.first() + "-" + range.last();
	}

	private static PoolReport total(ClusterPool pool) {
		return pool(pool.maxConnections(), pool.totalUsage(), pool.waitingCallers(), pool.connectionCounts(),
				pool.exhaustedWaits());
	}

	private static PoolReport pool(@Nullable Integer max, PoolUsage usage, int waiting, ConnectionCounts counts,
			@Nullable Long exhaustedWaits) {
		return new PoolReport(max, usage.active() + usage.idle(), usage.active(), usage.idle(), waiting,
				counts.created(), counts.closed(), exhaustedWaits);
	}

	private static Map<String, Integer> versions(List<NodeReport> nodes) {
		Map<String, Integer> versions = new TreeMap<>();
		nodes.forEach((node) -> versions
			.merge((node.version() != null) ? node.server() + " " + node.version() : "unknown", 1, Integer::sum));
		return versions;
	}

	private static TopologyReport topology(ClusterPool pool) {
		TopologyStatus status = pool.topologyStatus();
		RefreshReason reason = status.lastReason();
		Duration age = status.age();
		Duration outage = pool.outage();
		Map<String, Long> refreshes = new LinkedHashMap<>();
		status.refreshes().forEach((each, count) -> refreshes.put(each.label(), count));
		return new TopologyReport((age != null) ? age.toMillis() : null, (reason != null) ? reason.label() : null,
				status.lastFailure(), status.failures(), refreshes,
				(pool.mode() == ClientMode.CLUSTER) ? pool.uncoveredSlots() : null,
				outage.isZero() ? null : outage.toMillis());
	}

}
