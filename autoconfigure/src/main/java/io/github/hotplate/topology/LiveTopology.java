package io.github.hotplate.topology;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import org.springframework.dao.DataAccessException;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.Listeners;
import io.github.hotplate.support.MonitoringFailures;

/**
 * The topology of a client as last learned, kept current in the background. Owns one
 * thread. Thread-safe.
 */
public final class LiveTopology implements AutoCloseable {

	private final TopologySource source;

	private final LearnedTopology learned;

	private final Listeners<Topology> listeners;

	private final BackgroundThread thread;

	private final RefreshHistory history;

	private final TopologyRefresher refresher;

	private final Object refreshLock = new Object();

	private volatile BiConsumer<Topology, Topology> changeHandler = (former, current) -> {
	};

	/**
	 * Create an instance that has learned nothing yet.
	 * @param client the name of the client
	 * @param source reads the topology
	 * @param learned keeps the topology
	 * @param thread where the topology is learned, closed with this instance
	 * @param failures counts the failures of listeners
	 * @param nanoTime tells the time
	 */
	public LiveTopology(String client, TopologySource source, LearnedTopology learned, BackgroundThread thread,
			MonitoringFailures failures, LongSupplier nanoTime) {
		this.source = source;
		this.learned = learned;
		this.listeners = new Listeners<>(failures);
		this.thread = thread;
		this.history = new RefreshHistory(nanoTime);
		this.refresher = new TopologyRefresher(client, this::learn, this.thread, this.history);
	}

	/**
	 * Return the current topology. Called for every command.
	 * @return the topology, empty until Redis has been reached
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
	 * Set the handler for new topologies. It runs before all listeners.
	 * @param handler receives the former and the new topology
	 */
	public void onChange(BiConsumer<Topology, Topology> handler) {
		this.changeHandler = handler;
	}

	/**
	 * Add a listener for the topology. It is called now and whenever the nodes change.
	 * @param listener is called on this thread now, and on the refreshing thread later
	 */
	public void addListener(Consumer<Topology> listener) {
		// Threads may overtake each other, so each passes on the current topology.
		Consumer<Topology> ordered = (news) -> {
			synchronized (listener) {
				listener.accept(current());
			}
		};
		this.listeners.add(ordered);
		ordered.accept(current());
	}

	/**
	 * Learn the topology now, on the caller's thread. One thread at a time does so: at
	 * start-up the caller and the topology thread may overlap.
	 * @param reason why
	 * @throws DataAccessException if it cannot be learned
	 */
	public void refresh(RefreshReason reason) {
		this.history.begun(reason);
		this.history.attempt(this::learn);
	}

	/**
	 * Have the topology learned in the background, and wait for it.
	 * @param reason why
	 * @param timeout how long to wait at most
	 * @return whether an attempt has ended that began after this call
	 */
	public boolean refreshWithin(RefreshReason reason, Duration timeout) {
		try {
			return this.history.awaitNext(() -> this.refresher.requestRefreshAfterNews(reason), timeout);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/**
	 * Return how current the topology is. Answered from memory.
	 * @return the status
	 */
	public TopologyStatus status() {
		return this.history.status();
	}

	/**
	 * Return how many refreshes there were.
	 * @param reason their reason
	 * @return the number since the client was created
	 */
	public long refreshes(RefreshReason reason) {
		return this.history.total(reason);
	}

	/**
	 * Have {@link #status()} count from zero.
	 */
	public void resetStatistics() {
		this.history.reset();
	}

	/**
	 * Return for how long the servers have been refusing all commands. Answered from
	 * memory; each call during an outage has the topology refreshed.
	 * @return the time, zero if they did not when last asked
	 */
	public Duration outage() {
		Duration outage = this.source.outage();
		if (!outage.isZero()) {
			this.refresher.requestRefresh(RefreshReason.HEALTH);
		}
		return outage;
	}

	private void learn() {
		Topology known;
		Topology current;
		synchronized (this.refreshLock) {
			known = this.learned.get();
			current = this.source.read(known);
			this.learned.set(current);
			this.changeHandler.accept(known, current);
		}
		// Outside of the lock and last, because a listener may be slow.
		if (!current.nodes().equals(known.nodes())) {
			this.listeners.tell(current);
		}
	}

	public void start(Duration refreshPeriod) {
		this.refresher.start(refreshPeriod);
		this.source.subscribe(() -> this.refresher.requestRefreshAfterNews(RefreshReason.SENTINEL_NEWS));
	}

	@Override
	public void close() {
		this.source.close();
		this.thread.close();
	}

}
