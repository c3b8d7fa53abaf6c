package io.github.hotplate.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * The listeners for one kind of event. A failing listener affects neither the caller nor
 * the other listeners. Thread-safe.
 *
 * @param <T> the type of the event
 */
public final class Listeners<T> {

	private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();

	private final MonitoringFailures failures;

	/**
	 * Create an instance without listeners.
	 * @param failures counts the failures of listeners
	 */
	public Listeners(MonitoringFailures failures) {
		this.failures = failures;
	}

	public void add(Consumer<T> listener) {
		this.listeners.add(listener);
	}

	public void tell(T news) {
		for (Consumer<T> listener : this.listeners) {
			try {
				listener.accept(news);
			}
			catch (RuntimeException ex) {
				this.failures.note(Part.LISTENER, ex);
			}
		}
	}

}
