package io.github.hotplate.sample.dashboard;

import java.time.Clock;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.topology.Node;

/**
 * Looks every second how the nodes are. It looks in the background, so that the page gets
 * an answer at once even while Redis gives none.
 */
@Component
class TopologyMonitor {

	private final NodeWatch watch;

	private final ClusterPool pool;

	private final ClientMode mode;

	private final NodeEvents events;

	private volatile List<NodeView> nodes = List.of();

	private volatile @Nullable String problem;

	TopologyMonitor(NodeWatch watch, ClusterPool pool, ClientMode mode, Clock clock) {
		this.watch = watch;
		this.pool = pool;
		this.mode = mode;
		this.events = new NodeEvents(clock);
	}

	@Scheduled(fixedDelayString = "1s")
	void look() {
		try {
			List<NodeView> seen = List.copyOf(this.watch.look());
			this.events.compare(this.nodes, seen);
			this.nodes = seen;
			this.problem = null;
		}
		catch (DataAccessException ex) {
			this.problem = "No node answers; these are the nodes as they were seen last";
		}
	}

	TopologyView view() {
		return new TopologyView(this.pool.name(), this.mode.label(), this.pool.maxConnections(),
				this.nodes.stream().map((node) -> node.with(this.pool.usage(key(node)))).toList(), this.problem,
				this.events.latest());
	}

	private static Node key(NodeView node) {
		return new Node(node.id(), node.host(), node.port());
	}

}
