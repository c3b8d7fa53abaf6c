package io.github.hotplate.topology;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CommandKeys;

/**
 * A snapshot of which node serves which slots. A single server, or one primary with its
 * replicas, serves all slots. Immutable.
 *
 * @since 0.1.0
 * @see <a href="https://redis.io/docs/latest/commands/cluster-slots/">CLUSTER SLOTS</a>
 */
public final class Topology {

	/**
	 * The topology of a client that has not reached its Redis yet.
	 */
	public static final Topology EMPTY = new Topology(List.of());

	private final List<Shard> all;

	private final List<Shard> shards;

	private final List<HostAndPort> primaries;

	private final IntFunction<@Nullable Shard> placement;

	private final Set<Node> nodes = new LinkedHashSet<>();

	private final int coveredSlots;

	/**
	 * Create a topology from the slots of each shard.
	 * @param shards the shards
	 */
	public Topology(List<Shard> shards) {
		this(shards.stream().sorted(Comparator.comparingInt((shard) -> shard.slots().get(0).first())).toList(),
				bySlot(shards));
	}

	/**
	 * Create a topology with a placement function.
	 * @param shards the shards, in their order
	 * @param placement finds the shard of a slot
	 */
	public Topology(List<Shard> shards, IntFunction<@Nullable Shard> placement) {
		this(shards, shards, placement,
				shards.stream().flatMap((shard) -> shard.slots().stream()).mapToInt(SlotRange::size).sum());
	}

	/**
	 * Create a topology with shards that may be ejected.
	 * @param all all shards, in their order
	 * @param inUse the shards in use
	 * @param placement finds the shard of a slot
	 * @param coveredSlots how many slots are served
	 */
	Topology(List<Shard> all, List<Shard> inUse, IntFunction<@Nullable Shard> placement, int coveredSlots) {
		this.all = List.copyOf(all);
		this.shards = List.copyOf(inUse);
		this.primaries = this.shards.stream().map((shard) -> shard.primary().address()).toList();
		this.placement = placement;
		for (Shard shard : this.all) {
			this.nodes.add(shard.primary());
			this.nodes.addAll(shard.replicas());
		}
		this.coveredSlots = coveredSlots;
	}

	/**
	 * Create the topology of one primary that has all keys.
	 * @param primary the primary
	 * @param replicas the nodes that follow it
	 * @return the topology
	 */
	public static Topology of(Node primary, List<Node> replicas) {
		Shard shard = new Shard(List.of(new SlotRange(0, CommandKeys.SLOTS - 1)), primary, replicas);
		return new Topology(List.of(shard), (slot) -> shard);
	}

	private static IntFunction<@Nullable Shard> bySlot(List<Shard> shards) {
		@Nullable Shard[] bySlot = new Shard[CommandKeys.SLOTS];
		for (Shard shard : shards) {
			for (SlotRange range : shard.slots()) {
				Arrays.fill(bySlot, range.first(), range.last() + 1, shard);
			}
		}
		return (slot) -> bySlot[slot];
	}

	/**
	 * Return the shards in use, ordered by their first slots, or as configured if the
	 * client itself places the keys.
	 * @return the shards; empty until Redis has been reached, and while all are ejected
	 */
	public List<Shard> shards() {
		return this.shards;
	}

	/**
	 * Return all shards, including ejected ones, in the same order.
	 * @return the shards; empty until Redis has been reached
	 */
	public List<Shard> allShards() {
		return this.all;
	}

	/**
	 * Return the shard that serves a slot.
	 * @param slot the slot of a key, in a Redis Cluster 0 to 16383
	 * @return the shard, or {@code null} if no node serves the slot
	 */
	public @Nullable Shard shardOf(int slot) {
		return this.placement.apply(slot);
	}

	/**
	 * Return the shard that a shard of an earlier topology has become. A failover makes
	 * one of its replicas the primary.
	 * @param nodes the nodes of the earlier shard, its primary first
	 * @param slot one of its slots, in case that none of its nodes is left
	 * @return the shard, or {@code null} if no node serves the slot
	 */
	public @Nullable Shard successorOf(List<HostAndPort> nodes, int slot) {
		Shard successor = null;
		for (Shard shard : this.shards) {
			HostAndPort primary = shard.primary().address();
			if (primary.equals(nodes.get(0))) {
				return shard;
			}
			if (nodes.contains(primary)) {
				successor = shard;
			}
		}
		return (successor != null) ? successor : shardOf(slot);
	}

	/**
	 * Return all nodes, primaries and replicas, including ejected ones.
	 * @return the nodes, each once
	 */
	public Set<Node> nodes() {
		return Set.copyOf(this.nodes);
	}

	/**
	 * Return the nodes that are not ejected.
	 * @return the nodes, each once
	 */
	public Set<Node> nodesInUse() {
		Set<Node> inUse = new LinkedHashSet<>();
		for (Shard shard : this.shards) {
			inUse.add(shard.primary());
			inUse.addAll(shard.replicas());
		}
		return inUse;
	}

	/**
	 * Return the primaries in an order that does not change when some are ejected.
	 * @return all primaries
	 */
	public List<Node> scanned() {
		return this.all.stream().map(Shard::primary).toList();
	}

	/**
	 * Return the addresses of the primaries in use.
	 * @return one address for each shard, in the order of the shards
	 */
	public List<HostAndPort> primaries() {
		return this.primaries;
	}

	/**
	 * Tell whether there are nodes, and all of them are ejected.
	 * @return whether no command can be served until one of them returns
	 */
	public boolean isEveryNodeEjected() {
		return this.shards.isEmpty() && !this.all.isEmpty();
	}

	public boolean contains(HostAndPort address) {
		for (Shard shard : this.shards) {
			if (shard.primary().address().equals(address)
					|| shard.replicas().stream().anyMatch((replica) -> replica.address().equals(address))) {
				return true;
			}
		}
		return false;
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
	 * @return whether every key has a node
	 */
	public boolean isComplete() {
		return this.coveredSlots == CommandKeys.SLOTS;
	}

}
