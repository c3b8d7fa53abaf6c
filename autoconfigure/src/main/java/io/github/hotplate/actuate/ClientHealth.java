package io.github.hotplate.actuate;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.health.Ejection;
import io.github.hotplate.subscription.SubscriptionUsage;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.Topology;

/**
 * The health of one client at one moment, as its pool knows it.
 *
 * @param up whether the client is fit for use, or will be after a failover
 * @param details what health shows
 */
record ClientHealth(boolean up, Map<String, Object> details) {

	static ClientHealth of(ClusterPool pool, Duration grace) {
		Topology topology = pool.topology();
		Map<Node, Ejection> ejected = pool.ejected();
		Set<Node> inUse = new HashSet<>(topology.nodes());
		inUse.removeAll(ejected.keySet());
		Duration silence = pool.silence();
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("mode", pool.mode().label());
		details.put("nodes", topology.nodes().size());
		details.put("inUse", inUse.size());
		details.put("leftOut", describe(ejected));
		Duration outage = pool.outage();
		if (pool.mode() == ClientMode.CLUSTER) {
			details.put("uncoveredSlots", pool.uncoveredSlots());
		}
		if (!outage.isZero()) {
			details.put("outage", outage.toMillis() + " ms");
		}
		if (!silence.isZero()) {
			details.put("silence", silence.toMillis() + " ms");
		}
		List<SubscriptionUsage> subscriptions = pool.subscriptions();
		if (!subscriptions.isEmpty()) {
			details.put("subscriptions", SubscriptionHealth.details(subscriptions));
		}
		boolean reached = !topology.nodes().isEmpty();
		return new ClientHealth(reached && silence.compareTo(grace) <= 0 && outage.compareTo(grace) <= 0, details);
	}

	private static Map<String, String> describe(Map<Node, Ejection> ejected) {
		Map<String, String> descriptions = new TreeMap<>();
		ejected.forEach((node, outage) -> descriptions.put(node.toString(), "probed in "
				+ outage.untilProbe().toMillis() + " ms, left out for " + outage.lasting().toMillis() + " ms"));
		return descriptions;
	}

	/**
	 * Return what Boot's own indicator shows of a cluster.
	 * @param pool the pool of the client
	 * @return the details, empty for other modes
	 */
	static Map<String, Object> ofCluster(ClusterPool pool) {
		if (pool.mode() != ClientMode.CLUSTER) {
			return Map.of();
		}
		long covered = pool.topology().coveredSlots();
		return Map.of("cluster_size", (long) pool.topology().shards().size(), "slots_up", covered, "slots_fail",
				CommandKeys.SLOTS - covered);
	}

}
