package io.github.hotplate.penalty;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.springframework.util.Assert;
import redis.clients.jedis.HostAndPort;

/**
 * A snapshot of the nodes in use. Nodes are identified by their index in the configured
 * order. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ActiveShards {

	private final String client;

	private final List<HostAndPort> nodes;

	private final boolean[] isActive;

	private final int[] active;

	private ActiveShards(String client, List<HostAndPort> nodes, boolean[] isActive) {
		this.client = client;
		this.nodes = nodes;
		this.isActive = isActive;
		this.active = IntStream.range(0, nodes.size()).filter((node) -> isActive[node]).toArray();
	}

	public static ActiveShards all(String client, List<HostAndPort> nodes) {
		Assert.notEmpty(nodes, "'nodes' must not be empty");
		boolean[] isActive = new boolean[nodes.size()];
		Arrays.fill(isActive, true);
		return new ActiveShards(client, List.copyOf(nodes), isActive);
	}

	public ActiveShards with(int node, boolean active) {
		boolean[] changed = this.isActive.clone();
		changed[node] = active;
		return new ActiveShards(this.client, this.nodes, changed);
	}

	/**
	 * Select the node of a slot: its own or, if that is ejected, another. Slots whose own
	 * node is in use never move. Allocates nothing.
	 * @param slot the slot, or the hash itself
	 * @return the index of a node that is in use
	 * @throws ClusterEmptyException if none is
	 */
	public int select(int slot) {
		int own = Math.floorMod(slot, this.isActive.length);
		if (this.isActive[own]) {
			return own;
		}
		if (this.active.length == 0) {
			throw empty();
		}
		return this.active[Math.floorMod(slot, this.active.length)];
	}

	/**
	 * Return all nodes, ejected ones included.
	 * @return the nodes in the order of their indexes
	 */
	public List<HostAndPort> nodes() {
		return this.nodes;
	}

	/**
	 * Return how many nodes are in use.
	 * @return the number, 0 if all are ejected
	 */
	public int activeCount() {
		return this.active.length;
	}

	/**
	 * Return the nodes that are in use.
	 * @return their indexes, ascending
	 */
	public IntStream active() {
		return IntStream.of(this.active);
	}

	/**
	 * Tell whether a node is in use.
	 * @param node the index of the node
	 * @return whether it is not in the penalty box
	 */
	public boolean isActive(int node) {
		return this.isActive[node];
	}

	/**
	 * Return the exception for a call while no node is in use.
	 * @return the exception to throw
	 */
	public ClusterEmptyException empty() {
		return new ClusterEmptyException(this.client);
	}

	@Override
	public String toString() {
		return this.active.length + " of " + this.nodes.size() + " nodes";
	}

}
