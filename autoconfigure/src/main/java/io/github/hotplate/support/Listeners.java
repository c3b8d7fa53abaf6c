package io.github.hotplate.support;

import java.util.Collection;
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
		tellEach(this.listeners, this.failures, (listener) -> listener.accept(news));
	}

	/**
	 * Call each listener of any kind. One that fails is counted, and the others are still
	 * called.
	 * @param <L> the type of the listeners
	 * @param listeners the listeners
	 * @param failures counts those that fail
	 * @param call calls a listener
	 */
	public static <L> void tellEach(Collection<? extends L> listeners, MonitoringFailures failures, Consumer<L> call) {
		for (L listener : listeners) {
			try {
				call.accept(listener);
			}
			catch (Throwable ex) {
				failures.noteUnlessFatal(Part.LISTENER, ex);
			}
		}
	}

}
