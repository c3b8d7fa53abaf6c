package io.github.hotplate.cluster;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.command.CommandKeys;

/**
 * Which node serves which slots, at one moment. Immutable.
 *
 * @since 0.1.0
 * @see <a href="https://redis.io/docs/latest/commands/cluster-slots/">CLUSTER SLOTS</a>
 */
public final class ClusterTopology {

	static final ClusterTopology EMPTY = new ClusterTopology(List.of());

	private final List<Shard> shards;

	private final @Nullable Shard[] bySlot = new Shard[CommandKeys.SLOTS];

	private final Set<ClusterNode> nodes = new LinkedHashSet<>();

	private final int coveredSlots;

	ClusterTopology(List<Shard> shards) {
		this.shards = shards.stream().sorted(Comparator.comparingInt((shard) -> shard.slots().get(0).first())).toList();
		int covered = 0;
		for (Shard shard : this.shards) {
			this.nodes.add(shard.primary());
			this.nodes.addAll(shard.replicas());
			for (SlotRange range : shard.slots()) {
				for (int slot = range.first(); slot <= range.last(); slot++) {
					this.bySlot[slot] = shard;
				}
				covered += range.size();
			}
		}
		this.coveredSlots = covered;
	}

	/**
	 * Return the shards, in the order of their first slots.
	 * @return the shards; empty as long as the cluster was never reached
	 */
	public List<Shard> shards() {
		return this.shards;
	}

	/**
	 * Return the shard that serves a slot.
	 * @param slot the slot, 0 to 16383
	 * @return the shard, or {@code null} where no node serves the slot
	 */
	public @Nullable Shard shardOf(int slot) {
		return this.bySlot[slot];
	}

	/**
	 * Return all nodes, primaries and replicas.
	 * @return the nodes, each once
	 */
	public Set<ClusterNode> nodes() {
		return Set.copyOf(this.nodes);
	}

	/**
	 * Return how many slots are served.
	 * @return the number of slots, 0 to 16384
	 */
	public int coveredSlots() {
		return this.coveredSlots;
	}

	/**
	 * Tell whether every slot is served.
	 * @return whether a command with any key has a node to go to
	 */
	public boolean isComplete() {
		return this.coveredSlots == CommandKeys.SLOTS;
	}

}
