package io.github.hotplate.activity;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

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
	public static final String ATTRIBUTE = RedisActivity.class.getName() + ".REQUEST";

	private static final boolean WEB = ClassUtils.isPresent(
			"org.springframework.web.context.request.RequestContextHolder", RequestActivities.class.getClassLoader());

	private RequestActivities() {
	}

	/**
	 * Create the activity of a request. Whoever creates it sets the {@link #ATTRIBUTE},
	 * and {@link RedisActivity#open() opens} it on each thread that the container
	 * dispatches the request to.
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
		return WEB ? Holder.current(true) : null;
	}

	/**
	 * Return the activity of the request that the current thread belongs to.
	 * @return the activity, or {@code null} if there is none
	 */
	static @Nullable RedisActivity find() {
		return WEB ? Holder.current(false) : null;
	}

	/**
	 * Have something done once at the end of the request that the current thread belongs
	 * to.
	 * @param name tells apart what is to be done
	 * @param callback does it
	 */
	static void atEnd(String name, Runnable callback) {
		if (WEB) {
			Holder.atEnd(name, callback);
		}
	}

	/**
	 * Keeps Spring's classes for the web out of applications that lack them.
	 */
	private static final class Holder {

		private static @Nullable RedisActivity current(boolean create) {
			RequestAttributes request = RequestContextHolder.getRequestAttributes();
			if (request == null) {
				return null;
			}
			try {
				RedisActivity activity = find(request);
				return (activity != null || !create) ? activity : findOrCreate(request);
			}
			catch (IllegalStateException ex) {
				// The request has ended, but this thread still carries its attributes.
				return null;
			}
		}

		private static @Nullable RedisActivity find(RequestAttributes request) {
			return (RedisActivity) request.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST);
		}

		private static RedisActivity findOrCreate(RequestAttributes request) {
			// Threads of one request may race to create it.
			synchronized (request) {
				RedisActivity activity = find(request);
				if (activity == null) {
					activity = create();
					request.setAttribute(ATTRIBUTE, activity, RequestAttributes.SCOPE_REQUEST);
				}
				return activity;
			}
		}

		private static void atEnd(String name, Runnable callback) {
			RequestAttributes request = RequestContextHolder.getRequestAttributes();
			if (request == null) {
				return;
			}
			try {
				if (request.getAttribute(name, RequestAttributes.SCOPE_REQUEST) == null) {
					request.setAttribute(name, true, RequestAttributes.SCOPE_REQUEST);
					request.registerDestructionCallback(name, callback, RequestAttributes.SCOPE_REQUEST);
				}
			}
			catch (IllegalStateException ex) {
				// The request has ended, and so has what it did.
			}
		}

	}

}
