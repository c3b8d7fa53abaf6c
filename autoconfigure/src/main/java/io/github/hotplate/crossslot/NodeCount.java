package io.github.hotplate.crossslot;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.NodeBoundCommand;
import io.github.hotplate.command.ShardBoundCommand;
import io.github.hotplate.command.SplitPart;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.Topology;

/**
 * Counts the nodes that a command reaches, by one view of the topology.
 *
 * @param slots which keys belong together
 * @param topology the topology
 */
record NodeCount(KeySlots slots, Topology topology) {

	/**
	 * Count the nodes that see a part of a command.
	 * @param parts the parts
	 * @return the number of primaries that serve the parts' slots, or of other nodes that
	 * the parts name
	 */
	int ofParts(CommandParts parts) {
		return (int) parts.commands().stream().map(this::node).filter(Objects::nonNull).distinct().count();
	}

	/**
	 * Count the nodes that serve keys.
	 * @param keys the keys
	 * @return the number of primaries
	 */
	int ofKeys(List<Object> keys) {
		return (int) keys.stream()
			.map((key) -> primary(this.slots.slot(key)))
			.filter(Objects::nonNull)
			.distinct()
			.count();
	}

	private @Nullable HostAndPort node(CommandObject<?> part) {
		if (part instanceof ShardBoundCommand.OnReplica<?> named) {
			return named.getReplica();
		}
		if (part instanceof ShardBoundCommand<?> bound) {
			return bound.getNodes().get(0);
		}
		return (part instanceof NodeBoundCommand<?> bound) ? bound.getNode() : primary(slot(part));
	}

	private int slot(CommandObject<?> part) {
		return (part instanceof SplitPart known) ? known.slot() : this.slots.slot(part.getArguments().getKeys().get(0));
	}

	private @Nullable HostAndPort primary(int slot) {
		Shard shard = this.topology.shardOf(slot);
		return (shard != null) ? shard.primary().address() : null;
	}

}
