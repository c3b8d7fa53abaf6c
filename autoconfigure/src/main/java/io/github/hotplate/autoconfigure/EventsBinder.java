package io.github.hotplate.autoconfigure;

import java.util.function.Consumer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Publishes what happens to the clients of an application as events, once its listeners
 * exist.
 *
 * @param <T> the part of a client that reports it
 */
final class EventsBinder<T> implements SmartInitializingSingleton {

	private final ObjectProvider<T> sources;

	private final Consumer<T> binder;

	EventsBinder(ObjectProvider<T> sources, Consumer<T> binder) {
		this.sources = sources;
		this.binder = binder;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.sources.forEach(this.binder);
	}

}
