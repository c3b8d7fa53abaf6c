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
public final class RedisActivityThreadLocalAccessor implements ThreadLocalAccessor<Scope> {

	@Override
	public Object key() {
		return RedisActivity.class.getName();
	}

	@Override
	public @Nullable Scope getValue() {
		Scope scope = Scope.current();
		if (scope != null && scope.request() != null) {
			return scope;
		}
		// A thread that has inherited a request hands it on as well.
		RedisActivity request = RequestActivities.find();
		return (request != null) ? new Scope(request, scope) : scope;
	}

	@Override
	public void setValue(Scope value) {
		Scope.exchange(value);
	}

	@Override
	public void setValue() {
		Scope.exchange(null);
	}

}
