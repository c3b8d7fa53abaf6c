package io.github.hotplate.topology;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.springframework.dao.DataAccessException;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.Listeners;
import io.github.hotplate.support.MonitoringFailures;

/**
 * The topology of a client as it was learnt last, and what keeps it current. Owns one
 * thread. Thread-safe.
 */
public final class LiveTopology implements AutoCloseable {

	private final TopologySource source;

	private final LearnedTopology learned;

	private final Listeners<Topology> listeners;

	private final BackgroundThread thread;

	private final TopologyRefresher refresher;

	private volatile BiConsumer<Topology, Topology> follower = (former, current) -> {
	};

	/**
	 * Create an instance that has learnt nothing yet.
	 * @param client the name of the client
	 * @param source knows the topology
	 * @param learned keeps the topology
	 * @param thread where the topology is learned, closed with this instance
	 * @param failures is told when a listener fails
	 */
	public LiveTopology(String client, TopologySource source, LearnedTopology learned, BackgroundThread thread,
			MonitoringFailures failures) {
		this.source = source;
		this.learned = learned;
		this.listeners = new Listeners<>(failures);
		this.thread = thread;
		this.refresher = new TopologyRefresher(client, this::refresh, this.thread);
	}

	/**
	 * Return the topology as it is known at the moment. On the way of every command.
	 * @return the topology, empty as long as Redis was never reached
	 */
	public Topology current() {
		return this.source.current(this.learned.get());
	}

	public KeySlots keySlots() {
		return this.source.keySlots();
	}

	public TopologyRefresher refresher() {
		return this.refresher;
	}

	/**
	 * Set what is told of each new topology before all listeners.
	 * @param follower is given the former and the new topology
	 */
	public void onChange(BiConsumer<Topology, Topology> follower) {
		this.follower = follower;
	}

	/**
	 * Have a listener told of the topology, now and whenever its nodes change.
	 * @param listener is told on this thread, and later on that which learns the topology
	 */
	public void addListener(Consumer<Topology> listener) {
		// Threads may overtake each other on their way here: none may bring old news.
		Consumer<Topology> ordered = (news) -> {
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
	public void refresh() {
		Topology known = this.learned.get();
		Topology current = this.source.read(known);
		this.learned.set(current);
		// First, since a listener may be slow.
		this.follower.accept(known, current);
		if (!current.nodes().equals(known.nodes())) {
			this.listeners.tell(current);
		}
	}

	public void start(Duration refreshPeriod) {
		this.refresher.start(refreshPeriod);
		this.source.subscribe(this.refresher::requestRefreshAfterNews);
	}

	@Override
	public void close() {
		this.source.close();
		this.thread.close();
	}

}
