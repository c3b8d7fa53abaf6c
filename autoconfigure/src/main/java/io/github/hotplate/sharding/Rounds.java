package io.github.hotplate.sharding;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import java.util.function.Supplier;

import io.github.hotplate.penalty.ActiveShards;

/**
 * Iterates over the nodes in use a number of times. A round ends once it has passed all
 * nodes instead of when its first node comes up again, which would never happen if that
 * node died meanwhile. Not thread-safe.
 *
 * @param <C> the type of the client of one node
 * @see <a href="https://github.com/Parsely/redis-fluster">fluster's round_controlled</a>
 */
final class Rounds<C> implements Iterator<C> {

	private static final int NONE = -1;

	private final Supplier<ActiveShards> active;

	private final IntFunction<C> clients;

	private final int start;

	private int roundsLeft;

	private int position;

	private boolean met;

	private int next = NONE;

	Rounds(Supplier<ActiveShards> active, IntFunction<C> clients, int start, int rounds) {
		this.active = active;
		this.clients = clients;
		this.start = start;
		this.roundsLeft = rounds;
	}

	@Override
	public boolean hasNext() {
		while (this.next == NONE && this.roundsLeft > 0) {
			look(this.active.get());
		}
		return this.next != NONE;
	}

	private void look(ActiveShards active) {
		int nodes = active.nodes().size();
		if (this.position == nodes) {
			endRound();
			return;
		}
		int node = (this.start + this.position++) % nodes;
		if (active.isActive(node)) {
			this.next = node;
			this.met = true;
		}
	}

	private void endRound() {
		this.position = 0;
		this.roundsLeft--;
		if (!this.met) {
			throw this.active.get().empty();
		}
		this.met = false;
	}

	@Override
	public C next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		C client = this.clients.apply(this.next);
		this.next = NONE;
		return client;
	}

}
