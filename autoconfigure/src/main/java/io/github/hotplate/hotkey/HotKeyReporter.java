package io.github.hotplate.hotkey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.execution.DedicatedConnections;
import io.github.hotplate.hotkey.HotKeyReport.AccessReport;
import io.github.hotplate.hotkey.HotKeyReport.BigKeyReport;
import io.github.hotplate.hotkey.HotKeyReport.NodeHeat;
import io.github.hotplate.hotkey.HotKeyReport.SlotHeat;

/**
 * Reports the counts of a summary, with the nodes that serve them. Thread-safe.
 */
final class HotKeyReporter {

	/**
	 * With fewer samples than this, any key may seem hot.
	 */
	private static final int LEAST_SAMPLES = 30;

	/**
	 * The weight of a single sample after two seconds. Below it there is no current
	 * traffic, and keys that were hot before are not hot now.
	 */
	private static final double LEAST_RECENT = 0.5;

	private static final double DECIMALS = 10_000;

	private final String client;

	private final HotKeySummary summary;

	private final DedicatedConnections connections;

	private final ServerStatistics server;

	HotKeyReporter(String client, HotKeySummary summary, DedicatedConnections connections, ServerStatistics server) {
		this.client = client;
		this.summary = summary;
		this.connections = connections;
		this.server = server;
	}

	/**
	 * Return the hottest keys of the last seconds.
	 * @param access the access
	 * @param limit how many keys to return at most
	 * @return the keys, the hottest first; empty if there are too few samples to tell
	 */
	List<HotKey> hottest(KeyAccess access, int limit) {
		return this.summary.view((view) -> (view.summary(access).recentSamples() < LEAST_SAMPLES) ? List.of()
				: now(view.summary(access), limit));
	}

	/**
	 * Report everything.
	 * @param rates the sample rates as configured
	 * @param effective the sample rates in effect
	 * @param limit how many keys and slots to list at most
	 * @return the report
	 */
	HotKeyReport report(SampleRates rates, SampleRates effective, int limit) {
		HotKeyReport local = this.summary.view((view) -> {
			double[] heat = heat(view);
			return new HotKeyReport(this.client, Instant.ofEpochMilli(view.since()),
					this.summary.dropped() - view.droppedBefore(),
					access(rates.reads(), effective.reads(), view.summary(KeyAccess.READS), limit),
					access(rates.writes(), effective.writes(), view.summary(KeyAccess.WRITES), limit),
					slots(heat, limit), nodes(heat), view.bigKeys().top(limit).stream().map(this::bigKey).toList(),
					new HotKeyReport.ServerReport(null, null));
		});
		// Asking servers takes time, and callers need the lock to empty the buffer.
		return new HotKeyReport(local.client(), local.since(), local.droppedSamples(), local.reads(), local.writes(),
				local.slots(), local.nodes(), local.bigKeys(), this.server.report());
	}

	private AccessReport access(double rate, double effectiveRate, AccessSummary summary, int limit) {
		return new AccessReport(rate, effectiveRate, summary.samples(), now(summary, limit),
				keys(summary, limit, TrackedKey::guaranteed, summary.commands(), Map.of()));
	}

	private List<HotKey> now(AccessSummary summary, int limit) {
		return (summary.recentSamples() < LEAST_RECENT) ? List.of()
				: keys(summary, limit, TrackedKey::recent, summary.recentCommands(), recentByNode(summary));
	}

	/**
	 * Return how much is read from, or written to, each node.
	 * @param summary what is read, or what is written
	 * @return the recent commands of those nodes that have enough samples to tell
	 */
	private Map<HostAndPort, Double> recentByNode(AccessSummary summary) {
		Map<HostAndPort, Double> commands = new HashMap<>();
		for (int slot = 0; slot < summary.slots(); slot++) {
			HostAndPort node = (summary.recentOf(slot) > 0) ? this.connections.primaryOf(slot) : null;
			if (node != null) {
				commands.merge(node, summary.recentOf(slot), Double::sum);
			}
		}
		double least = LEAST_SAMPLES * summary.recentCommands() / summary.recentSamples();
		commands.values().removeIf((recent) -> recent < least);
		return commands;
	}

	private List<HotKey> keys(AccessSummary summary, int limit, ToDoubleFunction<TrackedKey> measure, double total,
			Map<HostAndPort, Double> totalByNode) {
		return summary.top(limit, measure)
			.stream()
			.map((key) -> hotKey(key, measure.applyAsDouble(key), total, totalByNode))
			.toList();
	}

	private HotKey hotKey(TrackedKey key, double measured, double total, Map<HostAndPort, Double> totalByNode) {
		boolean oneSlot = key.slot() != TrackedKey.SEVERAL_SLOTS;
		HostAndPort node = oneSlot ? this.connections.primaryOf(key.slot()) : null;
		Double totalOfNode = (node != null) ? totalByNode.get(node) : null;
		return new HotKey(key.name().toString(), share(measured, total), Math.round(key.guaranteed()),
				oneSlot ? key.slot() : null, (node != null) ? node.toString() : null,
				(totalOfNode != null) ? share(measured, totalOfNode) : null, Instant.ofEpochMilli(key.firstSeen()),
				Instant.ofEpochMilli(key.lastSeen()));
	}

	private BigKeyReport bigKey(BigKeys.BigKey key) {
		return new BigKeyReport(key.name().toString(), key.bytes(), key.slot(), node(key.slot()),
				Instant.ofEpochMilli(key.seen()));
	}

	private static double[] heat(SummaryState view) {
		double[] heat = new double[view.heatBuckets()];
		AccessSummary reads = view.summary(KeyAccess.READS);
		AccessSummary writes = view.summary(KeyAccess.WRITES);
		if (reads.recentSamples() + writes.recentSamples() < LEAST_RECENT) {
			return heat;
		}
		double total = reads.recentCommands() + writes.recentCommands();
		for (int slot = 0; slot < heat.length; slot++) {
			heat[slot] = (reads.recentOf(slot) + writes.recentOf(slot)) / total;
		}
		return heat;
	}

	private List<SlotHeat> slots(double[] heat, int limit) {
		List<SlotHeat> slots = new ArrayList<>();
		for (int slot = 0; slot < heat.length; slot++) {
			if (heat[slot] >= 1 / DECIMALS) {
				slots.add(new SlotHeat(slot, node(slot), share(heat[slot], 1)));
			}
		}
		slots.sort(Comparator.comparingDouble(SlotHeat::share).reversed());
		return List.copyOf(slots.subList(0, Math.min(limit, slots.size())));
	}

	private List<NodeHeat> nodes(double[] heat) {
		Map<String, Double> shares = new HashMap<>();
		for (int slot = 0; slot < heat.length; slot++) {
			String node = (heat[slot] > 0) ? node(slot) : null;
			if (node != null) {
				shares.merge(node, heat[slot], Double::sum);
			}
		}
		return shares.entrySet()
			.stream()
			.map((entry) -> new NodeHeat(entry.getKey(), share(entry.getValue(), 1)))
			.sorted(Comparator.comparingDouble(NodeHeat::share).reversed())
			.toList();
	}

	private @Nullable String node(int slot) {
		HostAndPort node = this.connections.primaryOf(slot);
		return (node != null) ? node.toString() : null;
	}

	private static double share(double part, double total) {
		return (total > 0) ? Math.min(1, Math.round(part / total * DECIMALS) / DECIMALS) : 0;
	}

}
