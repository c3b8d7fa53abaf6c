package io.github.hotplate.sentinel;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * What one Sentinel knows of a primary.
 *
 * @param sentinel the Sentinel
 * @param primary the primary that it names
 * @param epoch the number of the failover that made it the primary; a Sentinel with a
 * lower number lags behind
 * @param down whether the Sentinel gets no answer from the primary
 * @param agreedDown whether enough Sentinels get none
 * @param promoted the replica that the Sentinel is about to make the primary, or has made
 * without having told the others, or {@code null} where there is none
 * @param replicas the replicas that are fit to answer reads
 * @param sentinels the other Sentinels
 */
record SentinelView(HostAndPort sentinel, HostAndPort primary, long epoch, boolean down, boolean agreedDown,
		@Nullable HostAndPort promoted, List<HostAndPort> replicas, List<HostAndPort> sentinels) {

	private static final Set<String> UNFIT = Set.of("s_down", "o_down", "disconnected");

	static SentinelView of(HostAndPort sentinel, HostAndPort primary, Map<String, String> master,
			List<Map<String, String>> replicas, List<Map<String, String>> sentinels) {
		Set<String> flags = flags(master);
		return new SentinelView(sentinel, primary, Long.parseLong(master.getOrDefault("config-epoch", "0")),
				flags.contains("s_down") && address(master).equals(primary),
				flags.contains("o_down") && address(master).equals(primary),
				replicas.stream()
					.filter((replica) -> flags(replica).contains("promoted"))
					.map(SentinelView::address)
					.findFirst()
					.orElse(null),
				replicas.stream()
					.filter(SentinelView::isFit)
					.map(SentinelView::address)
					.filter((replica) -> !replica.equals(primary))
					.toList(),
				sentinels.stream().map(SentinelView::address).toList());
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

	SentinelTopology topology(HostAndPort actualPrimary) {
		return new SentinelTopology(actualPrimary,
				this.replicas.stream().filter((replica) -> !replica.equals(actualPrimary)).toList());
	}

}
