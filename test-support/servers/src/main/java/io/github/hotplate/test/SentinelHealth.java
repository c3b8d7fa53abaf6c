package io.github.hotplate.test;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Judges whether a Sentinel group is whole: the replicas follow the primary that the
 * Sentinels name, and every Sentinel knows all others and thinks ill of none.
 *
 * @param watch the group
 */
record SentinelHealth(SentinelWatch watch) {

	private static final Set<String> ILL = Set.of("s_down", "o_down", "disconnected", "failover_in_progress");

	@Nullable String obstacle() {
		RedisNode primary = this.watch.primary();
		// Nothing is mended before all agree. A Sentinel that was dead during a failover
		// would have the new primary follow the old one.
		for (RedisNode sentinel : this.watch.sentinels()) {
			RedisNode named = this.watch.primaryNamedBy(sentinel);
			if (named != primary) {
				return "Sentinel " + sentinel + " names " + named;
			}
		}
		for (RedisNode node : this.watch.nodes()) {
			String obstacle = (node == primary) ? primaryObstacle(node) : replicaObstacle(node, primary);
			if (obstacle != null) {
				return obstacle;
			}
		}
		for (RedisNode sentinel : this.watch.sentinels()) {
			String obstacle = sentinelObstacle(sentinel);
			if (obstacle != null) {
				return "Sentinel " + sentinel + obstacle;
			}
		}
		return null;
	}

	private @Nullable String primaryObstacle(RedisNode node) {
		return ReplicationRole.of(node).isPrimary() ? null : node + " is not a primary yet";
	}

	private @Nullable String replicaObstacle(RedisNode node, RedisNode primary) {
		ReplicationRole role = ReplicationRole.of(node);
		if (role.primaryPort() != primary.port()) {
			// The Sentinels would see to that as well, but only after ten seconds or
			// more.
			node.execute("REPLICAOF", primary.host(), Integer.toString(primary.port()));
			return node + " did not follow " + primary;
		}
		return role.linked() ? null : node + " has no link to its primary";
	}

	private @Nullable String sentinelObstacle(RedisNode sentinel) {
		try (NodeConnection connection = sentinel.connect()) {
			if (connection.executeForText("INFO", "sentinel").contains("sentinel_tilt:1")) {
				// It would trust nothing for half a minute, itself included.
				sentinel.restart();
				return " was held up for too long";
			}
			String obstacle = peerObstacle(connection, "REPLICAS", this.watch.nodes().size() - 1);
			if (obstacle == null) {
				obstacle = peerObstacle(connection, "SENTINELS", this.watch.sentinels().size() - 1);
			}
			return (obstacle != null) ? obstacle
					: illness(connection.executeForList("SENTINEL", "MASTER", this.watch.masterName()));
		}
	}

	private @Nullable String peerObstacle(NodeConnection sentinel, String kind, int expected) {
		List<?> peers = sentinel.executeForList("SENTINEL", kind, this.watch.masterName());
		if (peers.size() != expected) {
			return " knows %d of %d %s".formatted(peers.size(), expected, kind);
		}
		for (Object peer : peers) {
			String illness = illness((List<?>) peer);
			if (illness != null) {
				return illness;
			}
		}
		return null;
	}

	private static @Nullable String illness(List<?> description) {
		Map<String, String> fields = new HashMap<>();
		for (int i = 0; i + 1 < description.size(); i += 2) {
			fields.put(description.get(i).toString(), description.get(i + 1).toString());
		}
		String flags = fields.getOrDefault("flags", "");
		if (Arrays.stream(flags.split(",")).noneMatch(ILL::contains)) {
			return null;
		}
		return " flags %s:%s as %s".formatted(fields.get("ip"), fields.get("port"), flags);
	}

}
