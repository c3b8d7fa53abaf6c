package io.github.hotplate.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * Has connections inspected when their users return them, each at most once in a round: a
 * connection that is always in use can be asked in no other way. Until then, it keeps its
 * permit, but counts as idle. Thread-safe.
 */
public final class Inspections {

	private final Queue<PooledConnection> returned = new ConcurrentLinkedQueue<>();

	private volatile @Nullable Runnable inspector;

	private volatile int round;

	private volatile boolean closed;

	/**
	 * Have connections inspected from now on, in a new round. Called by one thread.
	 * @param inspector is called by those who return connections, and returns at once; it
	 * has {@link #next()} called soon
	 */
	public void begin(Runnable inspector) {
		this.round = this.round + 1;
		this.inspector = inspector;
		if (this.closed) {
			end();
		}
	}

	/**
	 * Have no connections inspected until the next round, and return those that wait for
	 * it.
	 */
	public void end() {
		this.inspector = null;
		drain();
	}

	/**
	 * Have no connections inspected anymore.
	 */
	public void close() {
		this.closed = true;
		end();
	}

	private void drain() {
		PooledConnection connection;
		while ((connection = this.returned.poll()) != null) {
			connection.close();
		}
	}

	/**
	 * Return the next connection to inspect.
	 * @return a connection that the caller closes, or {@code null} if there is none
	 */
	public @Nullable PooledConnection next() {
		return this.returned.poll();
	}

	/**
	 * Tell whether a connection that is returned is to be inspected. Called for every
	 * command.
	 * @param connection the connection
	 * @return whether to {@link #add} it
	 */
	boolean wants(PooledConnection connection) {
		return this.inspector != null && connection.enterRound(this.round);
	}

	/**
	 * Keep a connection until it has been inspected.
	 * @param connection the connection
	 */
	void add(PooledConnection connection) {
		connection.lend();
		this.returned.add(connection);
		Runnable current = this.inspector;
		if (current != null) {
			current.run();
		}
		else {
			drain();
		}
	}

}
