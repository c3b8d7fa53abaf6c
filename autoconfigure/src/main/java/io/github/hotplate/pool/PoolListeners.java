package io.github.hotplate.pool;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.hotplate.support.Listeners;
import io.github.hotplate.support.MonitoringFailures;

/**
 * Those who listen to the pools of a client. Thread-safe.
 */
final class PoolListeners {

	private final List<PoolListener> listeners = new CopyOnWriteArrayList<>();

	private final MonitoringFailures failures;

	// Asked for every command, unlike the list.
	private volatile boolean anybody;

	/**
	 * Create an instance without listeners.
	 * @param failures counts the failures of listeners
	 */
	PoolListeners(MonitoringFailures failures) {
		this.failures = failures;
	}

	synchronized void add(PoolListener listener) {
		this.listeners.add(listener);
		this.anybody = true;
	}

	synchronized void remove(PoolListener listener) {
		this.listeners.remove(listener);
		this.anybody = !this.listeners.isEmpty();
	}

	boolean anybody() {
		return this.anybody;
	}

	void tell(Consumer<PoolListener> news) {
		Listeners.tellEach(this.listeners, this.failures, news);
	}

}
