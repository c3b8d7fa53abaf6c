package io.github.hotplate.topology;

import java.util.List;

/**
 * The nodes that serve the same slots.
 *
 * @param slots the slots of a Redis Cluster, in ascending order, at least one range;
 * empty if the client itself places the keys
 * @param primary the node that accepts writes
 * @param replicas its replicas; may be empty
 * @since 0.1.0
 */
public record Shard(List<SlotRange> slots, Node primary, List<Node> replicas) {

	public Shard {
		slots = List.copyOf(slots);
		replicas = List.copyOf(replicas);
	}

}
