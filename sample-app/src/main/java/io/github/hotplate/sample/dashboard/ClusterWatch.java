package io.github.hotplate.sample.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

import io.github.hotplate.cluster.ClusterNode;
import io.github.hotplate.cluster.ClusterPool;
import io.github.hotplate.cluster.PoolUsage;
import io.github.hotplate.cluster.SlotRange;
import io.github.hotplate.sample.dashboard.ClusterView.Node;
import io.github.hotplate.sample.dashboard.ClusterView.Role;

/**
 * Asks the cluster every second how its nodes are. It asks in the background, so that the
 * page gets an answer at once even while Redis gives none.
 */
@Component
class ClusterWatch {

	private final RedisConnectionFactory connections;

	private final ClusterPool pool;

	private final Map<String, List<SlotRange>> lastServed = new ConcurrentHashMap<>();

	private volatile List<RedisClusterNode> nodes = List.of();

	private volatile @Nullable String problem;

	ClusterWatch(RedisConnectionFactory connections, ClusterPool pool) {
		this.connections = connections;
		this.pool = pool;
	}

	@Scheduled(fixedDelayString = "1s")
	void look() {
		try (RedisClusterConnection connection = this.connections.getClusterConnection()) {
			List<RedisClusterNode> seen = new ArrayList<>();
			connection.clusterGetNodes().forEach(seen::add);
			this.nodes = List.copyOf(seen);
			this.problem = null;
		}
		catch (DataAccessException ex) {
			this.problem = "No node answers; this is the cluster as it was seen last";
		}
	}

	ClusterView view() {
		Map<ClusterNode, PoolUsage> usage = this.pool.usage();
		return new ClusterView(this.pool.name(), this.pool.maxConnections(),
				this.nodes.stream().map((node) -> node(node, usage)).toList(), this.problem);
	}

	private Node node(RedisClusterNode node, Map<ClusterNode, PoolUsage> usage) {
		ClusterNode key = new ClusterNode(String.valueOf(node.getId()), node.getRequiredHost(), node.getRequiredPort());
		List<SlotRange> slots = SlotRanges.of(node.getSlotRange().getSlotsArray());
		if (!slots.isEmpty()) {
			this.lastServed.put(key.id(), slots);
		}
		List<SlotRange> formerSlots = slots.isEmpty() ? this.lastServed.getOrDefault(key.id(), List.of()) : List.of();
		PoolUsage connections = usage.getOrDefault(key, new PoolUsage(0, 0));
		return new Node(key.id(), key.host(), key.port(), node.isReplica() ? Role.REPLICA : Role.PRIMARY,
				StringUtils.hasText(node.getMasterId()) ? node.getMasterId() : null, slots, formerSlots,
				NodeState.of(node), connections.active(), connections.idle());
	}

}
