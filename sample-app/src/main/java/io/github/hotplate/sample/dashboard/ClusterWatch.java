package io.github.hotplate.sample.dashboard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.util.StringUtils;

import io.github.hotplate.sample.dashboard.NodeView.Role;
import io.github.hotplate.topology.SlotRange;

/**
 * Asks a node of a Redis Cluster how all of them are.
 */
final class ClusterWatch implements NodeWatch {

	private final RedisConnectionFactory connections;

	private final Map<String, List<SlotRange>> lastServed = new HashMap<>();

	ClusterWatch(RedisConnectionFactory connections) {
		this.connections = connections;
	}

	@Override
	public List<NodeView> look() {
		List<NodeView> nodes = new ArrayList<>();
		try (RedisClusterConnection connection = this.connections.getClusterConnection()) {
			connection.clusterGetNodes().forEach((node) -> nodes.add(node(node)));
		}
		return nodes;
	}

	private NodeView node(RedisClusterNode node) {
		String id = String.valueOf(node.getId());
		List<SlotRange> slots = SlotRanges.of(node.getSlotRange().getSlotsArray());
		if (!slots.isEmpty()) {
			this.lastServed.put(id, slots);
		}
		List<SlotRange> formerSlots = slots.isEmpty() ? this.lastServed.getOrDefault(id, List.of()) : List.of();
		return new NodeView(id, node.getRequiredHost(), node.getRequiredPort(),
				node.isReplica() ? Role.REPLICA : Role.PRIMARY,
				StringUtils.hasText(node.getMasterId()) ? node.getMasterId() : null, slots, formerSlots,
				NodeState.of(node), null, 0, 0);
	}

}
