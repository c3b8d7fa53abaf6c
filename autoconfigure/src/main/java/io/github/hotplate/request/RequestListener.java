package io.github.hotplate.request;

import jakarta.servlet.http.HttpServletRequest;

import io.github.hotplate.activity.RedisActivity;

/**
 * Is told of what requests have done to Redis. Must be quick and thread-safe.
 */
public interface RequestListener {

	/**
	 * Take note of what a request has done so far, which may be all. Called before the
	 * observation of the request ends.
	 * @param request the request
	 * @param activity what it has done
	 */
	default void dispatchEnded(HttpServletRequest request, RedisActivity activity) {
	}

	/**
	 * Take note of what a request has done in all.
	 * @param route what served the request
	 * @param activity what it has done
	 */
	default void requestEnded(Route route, RedisActivity activity) {
	}

}
