package io.github.hotplate.activity;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.activity.RedisActivity.Scope;

/**
 * Has Micrometer hand the activities of a thread on to the threads that work for it.
 * Found by Micrometer; not for use by applications.
 *
 * @since 0.1.0
 */
public final class RedisActivityThreadLocalAccessor
		implements ThreadLocalAccessor<RedisActivityThreadLocalAccessor.Activities> {

	@Override
	public Object key() {
		return RedisActivity.class.getName();
	}

	@Override
	public @Nullable Activities getValue() {
		Scope all = Scope.toHandOn();
		return (all != null) ? new Activities(Scope.current(), all) : null;
	}

	@Override
	public void setValue(Activities value) {
		Scope.exchange(value.all());
	}

	@Override
	public void setValue() {
		Scope.exchange(null);
	}

	@Override
	public void restore(Activities previousValue) {
		// The request that the thread has inherited was never open on it.
		Scope.exchange(previousValue.open());
	}

	/**
	 * The activities of a thread.
	 *
	 * @param open those that are open on it
	 * @param all those that are open, and the request that the thread has inherited
	 */
	record Activities(@Nullable Scope open, Scope all) {

	}

}
