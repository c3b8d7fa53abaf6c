package io.github.hotplate.actuate;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.activity.SlowCall;
import io.github.hotplate.health.Ejection;
import io.github.hotplate.subscription.SubscriptionUsage;
import io.github.hotplate.topology.NodeStatus;

/**
 * What the endpoint {@code redisclients} shows of one client. What is not known is
 * {@code null}, and then missing in JSON.
 *
 * @param mode how the servers work together
 * @param versions how many nodes run each version of a server, such as
 * {@code redis 7.0.15}, and how many did not tell under {@code unknown}
 * @param topology what the client knows about its nodes, and since when
 * @param pool all connections
 * @param nodes the nodes, each primary before its replicas
 * @param retries how often commands were retried since the last reset, by reason
 * @param subscriptions how the oldest subscriptions are doing
 * @param slowCalls the slow calls that are remembered, the slowest first
 * @param configuration the keys of the client in the order of the documentation
 * @since 0.1.0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientReport(String mode, Map<String, Integer> versions, TopologyReport topology, PoolReport pool,
		List<NodeReport> nodes, Map<String, Long> retries, List<SubscriptionReport> subscriptions,
		@Nullable List<SlowCall> slowCalls, Map<String, ConfigurationReport> configuration) {

	/**
	 * What a client knows about its nodes, and since when.
	 *
	 * @param ageMillis time since the topology was last learned, in milliseconds
	 * @param lastRefresh why the last refresh was begun
	 * @param lastFailure what the last refresh ended in, if it failed
	 * @param failures how many attempts to refresh failed since the last reset
	 * @param refreshes how many refreshes there were since the last reset, by reason
	 * @param uncoveredSlots how many slots of a cluster cannot be written
	 * @param outageMillis for how long the cluster has been refusing all commands
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record TopologyReport(@Nullable Long ageMillis, @Nullable String lastRefresh, @Nullable String lastFailure,
			long failures, Map<String, Long> refreshes, @Nullable Integer uncoveredSlots, @Nullable Long outageMillis) {

	}

	/**
	 * How the connections of a client, or to one node, are used.
	 *
	 * @param max the limit, missing for a node if it holds for all nodes together
	 * @param open the open connections of the pool
	 * @param inUse those that run a command or a subscription
	 * @param idle those that wait for a command
	 * @param waiting callers that wait for a connection
	 * @param created connections that were opened since the start, also for probes
	 * @param closed connections that were closed since, by whichever side
	 * @param exhaustedWaits waits that ended without a connection since the start, in
	 * total only
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record PoolReport(@Nullable Integer max, int open, int inUse, int idle, int waiting, long created,
			long closed, @Nullable Long exhaustedWaits) {

	}

	/**
	 * A node of a client.
	 *
	 * @param node the address
	 * @param role {@code primary} or {@code replica}, as the client uses it
	 * @param slots how many slots of a cluster it serves
	 * @param slotRanges these slots, such as {@code 0-5460}
	 * @param server the product, such as {@code redis}
	 * @param version its version, such as {@code 7.0.15}
	 * @param zone its availability zone, if it tells
	 * @param replication what it says about its replication
	 * @param leftOut why and since when no commands are sent to it; missing for a node in
	 * use
	 * @param pool its connections
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record NodeReport(String node, String role, @Nullable Integer slots, @Nullable List<String> slotRanges,
			@Nullable String server, @Nullable String version, @Nullable String zone, ReplicationReport replication,
			@Nullable LeftOutReport leftOut, PoolReport pool) {

	}

	/**
	 * What a node says about its replication.
	 *
	 * @param role {@code primary} or {@code replica}, or {@code unknown} for a node that
	 * did not answer in time or does not say
	 * @param link the state of a replica's link to its primary: {@code up},
	 * {@code syncing} or {@code down}
	 * @param lagBytes how much of what its primary has written it has not received yet
	 * @param silentSeconds time since it has heard of its primary
	 * @param offset how much of the stream of writes it has made or received, in bytes
	 * @param replicas how many replicas are connected to a primary
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record ReplicationReport(String role, @Nullable String link, @Nullable Long lagBytes,
			@Nullable Long silentSeconds, @Nullable Long offset, @Nullable Integer replicas) {

		private static final ReplicationReport UNKNOWN = new ReplicationReport("unknown", null, null, null, null, null);

		static ReplicationReport of(@Nullable NodeStatus status, @Nullable NodeStatus primary) {
			if (status == null || status.replica() == null) {
				return UNKNOWN;
			}
			Long lag = status.replica() ? lag(status.offset(), (primary != null) ? primary.offset() : null) : null;
			return new ReplicationReport(status.replica() ? "replica" : "primary", status.link(), lag,
					status.silentSeconds(), status.offset(), status.replicas());
		}

		// They were asked one after the other.
		private static @Nullable Long lag(@Nullable Long received, @Nullable Long written) {
			return (received != null && written != null) ? Math.max(0, written - received) : null;
		}

	}

	/**
	 * Why no commands are sent to a node.
	 *
	 * @param why the failure
	 * @param forMillis for how long the node has been left out
	 * @param nextProbeMillis time until it is probed again, 0 while it is probed
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record LeftOutReport(@Nullable String why, long forMillis, long nextProbeMillis) {

		static @Nullable LeftOutReport of(@Nullable Ejection ejection) {
			return (ejection != null) ? new LeftOutReport(ejection.cause(), ejection.lasting().toMillis(),
					ejection.untilProbe().toMillis()) : null;
		}

	}

	/**
	 * How a subscription is doing.
	 *
	 * @param ageMillis how long it has existed
	 * @param silentMillis how long its quietest node has not even answered a heartbeat
	 * @param connections how many connections it holds
	 * @param resubscriptions how often a node had to be subscribed to again
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record SubscriptionReport(long ageMillis, long silentMillis, int connections, long resubscriptions) {

		static SubscriptionReport of(SubscriptionUsage usage) {
			return new SubscriptionReport(usage.age().toMillis(), usage.silence().toMillis(), usage.connections(),
					usage.resubscriptions());
		}

	}

	/**
	 * A key of a client.
	 *
	 * @param value the value, masked where it must not be shown
	 * @param origin where it comes from, {@code default} if the key is not set
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record ConfigurationReport(@Nullable Object value, String origin) {

	}

}
