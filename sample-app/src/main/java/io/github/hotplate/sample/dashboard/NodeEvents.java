package io.github.hotplate.sample.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.hotplate.sample.dashboard.NodeView.Role;

/**
 * Remembers for the time of a chart when nodes were lost, promoted and back. Thread-safe.
 */
final class NodeEvents {

	private static final Duration MEMORY = Duration.ofMinutes(3);

	private final Clock clock;

	private final Deque<NodeEvent> events = new ArrayDeque<>();

	NodeEvents(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Note what has become of nodes.
	 * @param before the nodes as they were
	 * @param after the nodes as they are; those that were not there before are no event
	 */
	synchronized void compare(List<NodeView> before, List<NodeView> after) {
		Map<String, NodeView> known = before.stream().collect(Collectors.toMap(NodeView::id, Function.identity()));
		for (NodeView node : after) {
			NodeView earlier = known.getOrDefault(node.id(), node);
			if (isUp(earlier) != isUp(node)) {
				add(node, isUp(node) ? NodeEvent.Kind.RETURNED : NodeEvent.Kind.LOST);
			}
			if (earlier.role() == Role.REPLICA && node.role() == Role.PRIMARY) {
				add(node, NodeEvent.Kind.PROMOTED);
			}
		}
		forgetOld();
	}

	private static boolean isUp(NodeView node) {
		return node.state() == NodeState.UP;
	}

	private void add(NodeView node, NodeEvent.Kind kind) {
		this.events.addLast(new NodeEvent(this.clock.millis(), node.host(), node.port(), kind));
	}

	private void forgetOld() {
		long oldest = this.clock.millis() - MEMORY.toMillis();
		this.events.removeIf((event) -> event.time() < oldest);
	}

	synchronized List<NodeEvent> latest() {
		return List.copyOf(this.events);
	}

}
