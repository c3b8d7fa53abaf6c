package io.github.hotplate.test;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Judges whether a cluster is whole: every node says so, all agree on the slots, and
 * every replica is linked to its primary and shown to clients.
 *
 * @param nodes all nodes
 */
record ClusterHealth(List<RedisNode> nodes) {

	/** A slot in migration, in a node's own line of CLUSTER NODES. */
	private static final Pattern OPEN_SLOT = Pattern.compile("\\[(\\d+)-[<>]-");

	@Nullable String obstacle() {
		SlotMap agreed = null;
		for (RedisNode node : this.nodes) {
			try (NodeConnection connection = node.connect()) {
				if (ReplicationRole.of(connection).isPrimary()) {
					closeOpenSlots(connection);
				}
				SlotMap map = SlotMap.of(connection);
				String obstacle = obstacle(node, connection, map);
				if (obstacle != null) {
					return obstacle;
				}
				if (agreed != null && !map.equals(agreed)) {
					return node + " does not agree with the others on who serves which slots";
				}
				agreed = map;
			}
		}
		return null;
	}

	private @Nullable String obstacle(RedisNode node, NodeConnection connection, SlotMap map) {
		String info = connection.executeForText("CLUSTER", "INFO");
		for (String expected : List.of("cluster_state:ok", "cluster_slots_ok:" + SlotMap.SLOTS,
				"cluster_known_nodes:" + this.nodes.size())) {
			if (info.lines().noneMatch(expected::equals)) {
				return "%s does not say %s".formatted(node, expected);
			}
		}
		if (map.covered() != SlotMap.SLOTS) {
			return "%s shows %d of %d slots".formatted(node, map.covered(), SlotMap.SLOTS);
		}
		ReplicationRole role = ReplicationRole.of(connection);
		if (!role.linked()) {
			return node + " has no link to its primary";
		}
		if (map.isPrimary(role.primaryPort()) && !map.replicasOf(role.primaryPort()).contains(node.announcedPort())) {
			return node + " is not shown as a replica";
		}
		return null;
	}

	/**
	 * Migrations that were begun and left. Replicas of Valkey show those of their
	 * primary.
	 */
	private static void closeOpenSlots(NodeConnection connection) {
		Matcher open = OPEN_SLOT.matcher(connection.executeForText("CLUSTER", "NODES"));
		while (open.find()) {
			connection.execute("CLUSTER", "SETSLOT", open.group(1), "STABLE");
		}
	}

}
