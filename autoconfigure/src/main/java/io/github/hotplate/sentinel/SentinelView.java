package io.github.hotplate.sentinel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * What one Sentinel knows about a primary.
 *
 * @param sentinel the Sentinel
 * @param primary the primary that it names
 * @param epoch the number of the failover that made it the primary; a Sentinel with a
 * lower number lags behind
 * @param down whether this Sentinel considers the primary down
 * @param agreedDown whether a quorum of Sentinels considers the primary down
 * @param promoted the replica that the Sentinel is promoting, or has promoted without
 * having announced it, or {@code null} if there is none
 * @param failoverTimeout how long the Sentinel waits for the promotion
 * @param replicas the replicas that are fit to answer reads
 * @param sentinels the other Sentinels
 */
record SentinelView(HostAndPort sentinel, HostAndPort primary, long epoch, boolean down, boolean agreedDown,
		@Nullable HostAndPort promoted, Duration failoverTimeout, List<HostAndPort> replicas,
		List<HostAndPort> sentinels) {

	private static final Set<String> UNFIT = Set.of("s_down", "o_down", "disconnected");

	private static final String DEFAULT_FAILOVER_TIMEOUT = "180000";

	static SentinelView of(HostAndPort sentinel, HostAndPort primary, Map<String, String> master,
			List<Map<String, String>> replicas, List<Map<String, String>> sentinels) {
		Set<String> flags = flags(master);
		return new SentinelView(sentinel, primary, epoch(master),
				flags.contains("s_down") && address(master).equals(primary),
				flags.contains("o_down") && address(master).equals(primary),
				replicas.stream()
					.filter((replica) -> flags(replica).contains("promoted"))
					.map(SentinelView::address)
					.findFirst()
					.orElse(null),
				Duration.ofMillis(Long.parseLong(master.getOrDefault("failover-timeout", DEFAULT_FAILOVER_TIMEOUT))),
				replicas.stream()
					.filter(SentinelView::isFit)
					.map(SentinelView::address)
					.filter((replica) -> !replica.equals(primary))
					.toList(),
				sentinels.stream().map(SentinelView::address).toList());
	}

	/**
	 * Return the number of the failover that made a node the primary.
	 * @param master what a Sentinel says about the primary
	 * @return the epoch
	 */
	static long epoch(Map<String, String> master) {
		return Long.parseLong(master.getOrDefault("config-epoch", "0"));
	}

	private static boolean isFit(Map<String, String> replica) {
		return flags(replica).stream().noneMatch(UNFIT::contains) && "ok".equals(replica.get("master-link-status"));
	}

	private static Set<String> flags(Map<String, String> description) {
		return Set.of(description.getOrDefault("flags", "").split(","));
	}

	private static HostAndPort address(Map<String, String> description) {
		return new HostAndPort(description.getOrDefault("ip", ""),
				Integer.parseInt(description.getOrDefault("port", "0")));
	}

	/**
	 * Tell whether the Sentinel is promoting a replica.
	 * @return whether a promotion is in progress, as far as the Sentinel knows
	 */
	boolean isPromoting() {
		return this.promoted != null && !this.promoted.equals(this.primary);
	}

	/**
	 * Return the replica that the Sentinel is promoting.
	 * @return the replica
	 * @see #isPromoting()
	 */
	HostAndPort successor() {
		return Objects.requireNonNull(this.promoted, "'promoted' must not be null");
	}

	/**
	 * Tell whether another view is of the same promotion.
	 * @param other a view in which a replica is promoted
	 * @return whether it is the same replica, promoted by the same Sentinel in the same
	 * failover
	 */
	boolean isSamePromotion(SentinelView other) {
		return this.sentinel.equals(other.sentinel) && this.epoch == other.epoch
				&& Objects.equals(this.promoted, other.promoted);
	}

	SentinelTopology topology(HostAndPort actualPrimary) {
		return new SentinelTopology(actualPrimary,
				this.replicas.stream().filter((replica) -> !replica.equals(actualPrimary)).toList());
	}

}
