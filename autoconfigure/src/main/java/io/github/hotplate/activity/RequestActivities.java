package io.github.hotplate.activity;

import org.jspecify.annotations.Nullable;

/**
 * Finds the activity of the current web request. It is an attribute of the request, so
 * that each thread that works for the request finds the same one.
 *
 * @since 0.1.0
 */
public final class RequestActivities {

	/**
	 * The attribute of the request.
	 */
	public static final String ATTRIBUTE = RequestContext.ACTIVITY;

	private RequestActivities() {
	}

	/**
	 * Create the activity of a request. The caller sets the {@link #ATTRIBUTE}, and
	 * {@link RedisActivity#open() opens} it on each thread that the container dispatches
	 * the request to.
	 * @return the activity
	 */
	public static RedisActivity create() {
		return RedisActivity.ofRequest();
	}

	/**
	 * Return the activity of the request that the current thread belongs to, and create
	 * it if it has none.
	 * @return the activity, or {@code null} without a request that is still active
	 */
	static @Nullable RedisActivity current() {
		return (RedisActivity) RequestContext.findOrCreate(ATTRIBUTE, RequestActivities::create);
	}

}
