package io.github.hotplate.sample.dashboard;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.hotplate.sample.dashboard.NodeView.Role;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.Shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ReplicationWatchTests {

	private static final Node A = new Node("", "127.0.0.1", 7001);

	private static final Node B = new Node("", "127.0.0.1", 7002);

	private static final Node C = new Node("", "127.0.0.1", 7003);

	private final Set<Node> dead = new HashSet<>();

	private List<Shard> shards = List.of();

	private final ReplicationWatch watch = new ReplicationWatch(() -> this.shards, (node) -> !this.dead.contains(node));

	@Test
	void knowsNoNodeBeforeTheClientDoes() {
		assertThat(this.watch.look()).isEmpty();
	}

	@Test
	void showsWhoReplicatesWhom() {
		clientKnows(A, B, C);
		assertThat(this.watch.look()).extracting(NodeView::port, NodeView::role, NodeView::primaryId, NodeView::state)
			.containsExactly(tuple(7001, Role.PRIMARY, null, NodeState.UP),
					tuple(7002, Role.REPLICA, "127.0.0.1:7001", NodeState.UP),
					tuple(7003, Role.REPLICA, "127.0.0.1:7001", NodeState.UP));
	}

	@Test
	void suspectsAPrimaryThatDoesNotAnswerUntilThereIsAnother() {
		clientKnows(A, B);
		this.dead.add(A);
		assertThat(this.watch.look()).extracting(NodeView::port, NodeView::role, NodeView::state)
			.containsExactly(tuple(7001, Role.PRIMARY, NodeState.SUSPECTED), tuple(7002, Role.REPLICA, NodeState.UP));
		clientKnows(B);
		assertThat(this.watch.look()).extracting(NodeView::port, NodeView::role, NodeView::primaryId, NodeView::state)
			.containsExactly(tuple(7001, Role.REPLICA, "127.0.0.1:7002", NodeState.DOWN),
					tuple(7002, Role.PRIMARY, null, NodeState.UP));
	}

	@Test
	void leavesOutANodeThatAnswersAndIsNotRecommended() {
		clientKnows(A, B);
		this.watch.look();
		clientKnows(A);
		assertThat(this.watch.look()).extracting(NodeView::port, NodeView::state)
			.containsExactly(tuple(7001, NodeState.UP), tuple(7002, NodeState.EJECTED));
	}

	private void clientKnows(Node primary, Node... replicas) {
		this.shards = List.of(new Shard(List.of(), primary, List.of(replicas)));
	}

}
