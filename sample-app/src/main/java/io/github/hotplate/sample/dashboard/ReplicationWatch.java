package io.github.hotplate.sample.dashboard;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.Shard;

/**
 * Looks at a primary and its replicas, or at a single server. The client knows those that
 * the Sentinels recommend; the others are those that it knew before.
 */
final class ReplicationWatch implements NodeWatch {

	private final Supplier<List<Shard>> shards;

	private final Predicate<Node> answers;

	private final Set<Node> known = new LinkedHashSet<>();

	/**
	 * Create a watch.
	 * @param shards gives what the client knows at the moment, which is one shard at most
	 * @param answers tells whether a node answers
	 */
	ReplicationWatch(Supplier<List<Shard>> shards, Predicate<Node> answers) {
		this.shards = shards;
		this.answers = answers;
	}

	@Override
	public List<NodeView> look() {
		return this.shards.get().stream().findFirst().map(this::look).orElseGet(List::of);
	}

	private List<NodeView> look(Shard shard) {
		this.known.add(shard.primary());
		this.known.addAll(shard.replicas());
		NodeView primary = node(shard.primary(), true);
		return this.known.stream()
			.map((node) -> node.equals(shard.primary()) ? primary
					: node(node, shard.replicas().contains(node)).replicaOf(primary))
			.toList();
	}

	private NodeView node(Node node, boolean inUse) {
		return NodeView.primary(node.host(), node.port(), NodeState.of(inUse, this.answers.test(node)));
	}

}
