package io.github.hotplate.actuate;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.health.Ejection;
import io.github.hotplate.subscription.SubscriptionUsage;
import io.github.hotplate.topology.Node;

/**
 * The health of the nodes of all clients: up while each client has a node in use, since a
 * failover is no reason to take the application out of service. Sends nothing to Redis:
 * the clients know the state of their nodes.
 *
 * @since 0.1.0
 */
public final class RedisNodesHealthIndicator extends AbstractHealthIndicator {

	/**
	 * How many subscriptions are shown. An application may have one for each request.
	 */
	private static final int MAX_SUBSCRIPTIONS = 10;

	private final Supplier<? extends Collection<ClusterPool>> pools;

	/**
	 * Create the indicator.
	 * @param pools gives the pools of all clients
	 */
	public RedisNodesHealthIndicator(Supplier<? extends Collection<ClusterPool>> pools) {
		super("The state of the nodes is unknown");
		this.pools = pools;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		this.pools.get().forEach((pool) -> add(pool, builder));
	}

	private static void add(ClusterPool pool, Health.Builder builder) {
		Set<Node> nodes = pool.topology().nodes();
		Map<Node, Ejection> ejected = pool.ejected();
		Set<Node> inUse = new HashSet<>(nodes);
		inUse.removeAll(ejected.keySet());
		if (inUse.isEmpty()) {
			builder.down();
		}
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("mode", pool.mode().label());
		details.put("nodes", nodes.size());
		details.put("inUse", inUse.size());
		details.put("leftOut", describe(ejected));
		List<SubscriptionUsage> subscriptions = pool.subscriptions();
		if (!subscriptions.isEmpty()) {
			details.put("subscriptions", describe(subscriptions));
		}
		builder.withDetail(pool.name(), details);
	}

	private static Map<String, Object> describe(List<SubscriptionUsage> subscriptions) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("count", subscriptions.size());
		details.put("oldest",
				subscriptions.stream().limit(MAX_SUBSCRIPTIONS).map(RedisNodesHealthIndicator::describe).toList());
		return details;
	}

	private static String describe(SubscriptionUsage subscription) {
		return "since " + subscription.age().toSeconds() + " s, heard " + subscription.silence().toMillis()
				+ " ms ago, subscribed again " + subscription.resubscriptions() + " times, "
				+ subscription.connections() + " connections";
	}

	private static Map<String, String> describe(Map<Node, Ejection> ejected) {
		Map<String, String> descriptions = new TreeMap<>();
		ejected.forEach((node, outage) -> descriptions.put(node.toString(), "probed in "
				+ outage.untilProbe().toMillis() + " ms, left out for " + outage.lasting().toMillis() + " ms"));
		return descriptions;
	}

}
