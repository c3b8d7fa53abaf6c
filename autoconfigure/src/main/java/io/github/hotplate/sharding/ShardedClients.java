package io.github.hotplate.sharding;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.springframework.util.Assert;

import io.github.hotplate.penalty.ActiveShards;
import io.github.hotplate.penalty.ClusterEmptyException;
import io.github.hotplate.penalty.ShardPlacement;

/**
 * One client for each node, selected by key or in turn. Iteration cycles endlessly
 * through the nodes in use; all iterators share one position. Thread-safe.
 *
 * @param <C> the type of the client of one node
 * @see <a href="https://github.com/Parsely/redis-fluster">fluster's FlusterCluster</a>
 */
final class ShardedClients<C> implements Iterable<C> {

	private final List<C> clients;

	private final IntFunction<C> bySlot;

	private final Supplier<ActiveShards> active;

	private final ShardPlacement placement;

	private final AtomicInteger position = new AtomicInteger();

	/**
	 * Create the clients.
	 * @param clients what talks to each node, in the order of the nodes
	 * @param active tells which nodes are in use
	 */
	ShardedClients(List<C> clients, Supplier<ActiveShards> active) {
		this(clients, (slot) -> clients.get(active.get().select(slot)), active);
	}

	/**
	 * Create the clients.
	 * @param clients what talks to each node, in the order of the nodes
	 * @param bySlot finds the client of the node of a slot
	 * @param active tells which nodes are in use
	 */
	ShardedClients(List<C> clients, IntFunction<C> bySlot, Supplier<ActiveShards> active) {
		Assert.isTrue(clients.size() == active.get().nodes().size(), "'clients' must be one for each node");
		this.clients = List.copyOf(clients);
		this.bySlot = bySlot;
		this.active = active;
		this.placement = new ShardPlacement(clients.size());
	}

	C get(String shardKey) {
		return get(shardKey.getBytes(StandardCharsets.UTF_8));
	}

	C get(byte[] shardKey) {
		ActiveShards now = this.active.get();
		if (now.activeCount() == 0) {
			throw now.empty();
		}
		return this.bySlot.apply(this.placement.slot(shardKey));
	}

	C get(int node) {
		return this.clients.get(node);
	}

	ActiveShards active() {
		return this.active.get();
	}

	/**
	 * Return the clients of the nodes in use, each once, in the order of the nodes.
	 * @return a finite stream
	 */
	Stream<C> stream() {
		return active().active().mapToObj(this.clients::get);
	}

	/**
	 * Cycle endlessly through the nodes in use. The iterator is thread-safe.
	 * @return an iterator that throws a {@link ClusterEmptyException} as long as no node
	 * is in use
	 */
	@Override
	public Iterator<C> iterator() {
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				return true;
			}

			@Override
			public C next() {
				return get(nextActive());
			}

		};
	}

	/**
	 * Iterate over the nodes in use a number of times. Each round visits every node in
	 * use once, regardless of other threads, and starts one node after the start of the
	 * last iteration.
	 * @param rounds the number of rounds, at least 0
	 * @return an iterable whose iterators throw a {@link ClusterEmptyException} when a
	 * round finds no node in use
	 */
	Iterable<C> roundControlled(int rounds) {
		Assert.isTrue(rounds >= 0, () -> "'rounds' must not be negative, but is " + rounds);
		return () -> new Rounds<>(this.active, this.clients::get, this.position.getAndUpdate(this::following), rounds);
	}

	private int nextActive() {
		while (true) {
			int from = this.position.get();
			int node = firstActive(active(), from);
			// Advancing the shared position step by step would meet only ejected nodes if
			// another thread takes every second position.
			if (this.position.compareAndSet(from, following(node))) {
				return node;
			}
		}
	}

	private int firstActive(ActiveShards now, int from) {
		int node = from;
		do {
			if (now.isActive(node)) {
				return node;
			}
			node = following(node);
		}
		while (node != from);
		throw now.empty();
	}

	private int following(int node) {
		return (node + 1) % this.clients.size();
	}

}
