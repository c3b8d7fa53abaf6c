package io.github.hotplate.routing;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.ShardBoundCommand;
import io.github.hotplate.health.EjectedNodes;
import io.github.hotplate.topology.RefreshReason;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.Topology;
import io.github.hotplate.topology.TopologyRefresher;

/**
 * Selects the node for a command. Thread-safe.
 */
public final class NodeSelector {

	private final String client;

	private final Supplier<Topology> topology;

	private final ReadRouting reads;

	private final EjectedNodes ejected;

	private final TopologyRefresher refresher;

	private final IntUnaryOperator random;

	public NodeSelector(String client, Supplier<Topology> topology, ReadRouting reads, EjectedNodes ejected,
			TopologyRefresher refresher, IntUnaryOperator random) {
		this.client = client;
		this.topology = topology;
		this.reads = reads;
		this.ejected = ejected;
		this.refresher = refresher;
		this.random = random;
	}

	/**
	 * Return a selector for commands that belong together.
	 * @return a selector that stays with the topology of this moment
	 */
	NodeSelector snapshot() {
		Topology now = this.topology.get();
		return new NodeSelector(this.client, () -> now, this.reads, this.ejected, this.refresher, this.random);
	}

	boolean knows(HostAndPort node) {
		return this.topology.get().contains(node);
	}

	/**
	 * Return a primary, preferably one that is known to answer.
	 * @return the address of a primary
	 * @throws DataAccessException if there is none, for instance before Redis was first
	 * reached
	 */
	public HostAndPort anyPrimary() {
		List<HostAndPort> primaries = this.topology.get().primaries();
		if (primaries.isEmpty()) {
			this.refresher.requestRefresh(RefreshReason.UNCOVERED_SLOT);
			throw NoNodeFailure.of(this.client, this.topology.get(),
					"Client '" + this.client + "' has not connected to Redis yet. Check " + this.client + ".url");
		}
		List<HostAndPort> fit = primaries.stream().filter((node) -> !this.ejected.contains(node)).toList();
		List<HostAndPort> candidates = fit.isEmpty() ? primaries : fit;
		return candidates.get(this.random.applyAsInt(candidates.size()));
	}

	/**
	 * Return the node that takes writes for a slot.
	 * @param slot the slot
	 * @return the address of the primary
	 * @throws DataAccessException if no node serves the slot
	 */
	public HostAndPort primaryOf(int slot) {
		return shardOf(slot).primary().address();
	}

	/**
	 * Return the node of the shard that a command is for.
	 * @param command the command
	 * @return the address of the node that is the shard's primary now, or of the replica
	 * that the command names
	 * @throws DataAccessException if there is none
	 */
	HostAndPort nodeOf(ShardBoundCommand<?> command) {
		if (command instanceof ShardBoundCommand.OnReplica<?> named && knows(named.getReplica())) {
			return named.getReplica();
		}
		Shard shard = this.topology.get().successorOf(command.getNodes(), command.getSlot());
		return (shard != null) ? shard.primary().address() : primaryOf(command.getSlot());
	}

	/**
	 * Return the shard that serves a slot.
	 * @param slot the slot
	 * @return the shard
	 * @throws DataAccessException if no node serves the slot
	 */
	Shard shardOf(int slot) {
		Shard shard = findShard(slot);
		if (shard == null) {
			this.refresher.requestRefresh(RefreshReason.UNCOVERED_SLOT);
			throw NoNodeFailure.of(this.client, this.topology.get(),
					"No node of client '" + this.client + "' serves slot " + slot + ". Check CLUSTER SLOTS");
		}
		return shard;
	}

	@Nullable Shard findShard(int slot) {
		return this.topology.get().shardOf(slot);
	}

	boolean usesReplicas() {
		return this.reads.usesReplicas();
	}

	/**
	 * Return the node that answers a command that only reads.
	 * @param shard the shard of the command's keys
	 * @return the address of the primary or of a fit replica
	 */
	HostAndPort readerOf(Shard shard) {
		return this.reads.select(shard);
	}

	/**
	 * Return the node that answers a read after a replica has failed.
	 * @param shard the shard of the command's keys
	 * @return the address of another replica if the read preference still favors
	 * replicas, or of the primary
	 */
	HostAndPort fallbackOf(Shard shard) {
		return this.reads.selectAfterFailure(shard);
	}

}
