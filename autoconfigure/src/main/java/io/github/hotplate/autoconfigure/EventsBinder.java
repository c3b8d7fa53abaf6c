package io.github.hotplate.autoconfigure;

import java.util.function.Consumer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Has what befalls all clients of an application published as events, once its listeners
 * are there.
 *
 * @param <T> the part of a client that tells of it
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
