package io.github.hotplate.test;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads who replicates whom. Unlike {@link SlotMap}, which tells what clients are shown,
 * this counts replicas that are dead or still synchronizing.
 */
final class ClusterReplicas {

	private ClusterReplicas() {
	}

	/**
	 * Ask a node for the replicas of a primary.
	 * @param primary the primary
	 * @param witness the node to ask
	 * @param nodes all nodes of the cluster
	 * @return the replicas
	 */
	static List<RedisNode> of(RedisNode primary, RedisNode witness, List<RedisNode> nodes) {
		try (NodeConnection connection = witness.connect()) {
			Set<String> ids = connection.executeForList("CLUSTER", "REPLICAS", primary.id())
				.stream()
				.map((line) -> line.toString().split(" ", 2)[0])
				.collect(Collectors.toUnmodifiableSet());
			return nodes.stream().filter((node) -> ids.contains(node.id())).toList();
		}
	}

}
