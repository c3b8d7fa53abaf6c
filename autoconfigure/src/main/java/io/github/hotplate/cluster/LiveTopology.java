package io.github.hotplate.cluster;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.springframework.dao.DataAccessException;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.execution.MonitoringFailures;

/**
 * The topology of a client as it was learnt last, and what keeps it current. Owns one
 * thread. Thread-safe.
 */
final class LiveTopology implements AutoCloseable {

	private final TopologySource source;

	private final BiConsumer<ClusterTopology, ClusterTopology> follower;

	private final Listeners<ClusterTopology> listeners;

	private final BackgroundThread thread;

	private final TopologyRefresher refresher;

	private volatile ClusterTopology learnt = ClusterTopology.EMPTY;

	/**
	 * Create an instance that has learnt nothing yet.
	 * @param client the name of the client
	 * @param source knows the topology
	 * @param follower is given the former and the new topology whenever it was learnt
	 * @param failures is told when a listener fails
	 */
	LiveTopology(String client, TopologySource source, BiConsumer<ClusterTopology, ClusterTopology> follower,
			MonitoringFailures failures) {
		this.source = source;
		this.follower = follower;
		this.listeners = new Listeners<>(failures);
		this.thread = new BackgroundThread(client, "topology");
		this.refresher = new TopologyRefresher(client, this::refresh, this.thread);
	}

	/**
	 * Return the topology as it is known at the moment. On the way of every command.
	 * @return the topology, empty as long as Redis was never reached
	 */
	ClusterTopology current() {
		return this.source.current(this.learnt);
	}

	KeySlots keySlots() {
		return this.source.keySlots();
	}

	TopologyRefresher refresher() {
		return this.refresher;
	}

	/**
	 * Return the thread on which the topology is learnt.
	 * @return a thread for whatever has to do with that
	 */
	BackgroundThread thread() {
		return this.thread;
	}

	/**
	 * Have a listener told of the topology, now and whenever its nodes change.
	 * @param listener is told on this thread, and later on that which learns the topology
	 */
	void addListener(Consumer<ClusterTopology> listener) {
		// Threads may overtake each other on their way here: none may bring old news.
		Consumer<ClusterTopology> ordered = (news) -> {
			synchronized (listener) {
				listener.accept(current());
			}
		};
		this.listeners.add(ordered);
		ordered.accept(current());
	}

	/**
	 * Learn the topology now, on the caller's thread.
	 * @throws DataAccessException if it cannot be learnt
	 */
	void refresh() {
		ClusterTopology known = this.learnt;
		ClusterTopology current = this.source.read(known);
		this.learnt = current;
		// First, since a listener may be slow.
		this.follower.accept(known, current);
		if (!current.nodes().equals(known.nodes())) {
			this.listeners.tell(current);
		}
	}

	void start(Duration refreshPeriod) {
		this.refresher.start(refreshPeriod);
		this.source.follow(this.refresher::requestRefreshAfterNews);
	}

	@Override
	public void close() {
		this.source.close();
		this.thread.close();
	}

}
