package io.github.hotplate.activity;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * What Spring knows of the web request that the current thread belongs to.
 */
final class RequestContext {

	/**
	 * The attribute of a request that is its activity.
	 */
	static final String ACTIVITY = "io.github.hotplate.activity.RedisActivity.REQUEST";

	private static final boolean WEB = ClassUtils.isPresent(
			"org.springframework.web.context.request.RequestContextHolder", RequestContext.class.getClassLoader());

	private RequestContext() {
	}

	/**
	 * Return an attribute of the request.
	 * @param name the name of the attribute
	 * @return its value, or {@code null} if there is none, or no request that is still
	 * active
	 */
	static @Nullable Object find(String name) {
		return WEB ? Holder.find(name) : null;
	}

	/**
	 * Return an attribute of the request, and create it if it has none.
	 * @param name the name of the attribute
	 * @param creator creates its value
	 * @return the value, or {@code null} without a request that is still active
	 */
	static @Nullable Object findOrCreate(String name, Supplier<Object> creator) {
		return WEB ? Holder.findOrCreate(name, creator) : null;
	}

	/**
	 * Have something done once at the end of the request.
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

		private static @Nullable Object find(String name) {
			RequestAttributes request = RequestContextHolder.getRequestAttributes();
			try {
				return (request != null) ? request.getAttribute(name, RequestAttributes.SCOPE_REQUEST) : null;
			}
			catch (IllegalStateException ex) {
				// The request has ended.
				return null;
			}
		}

		private static @Nullable Object findOrCreate(String name, Supplier<Object> creator) {
			RequestAttributes request = RequestContextHolder.getRequestAttributes();
			if (request == null) {
				return null;
			}
			try {
				Object known = request.getAttribute(name, RequestAttributes.SCOPE_REQUEST);
				return (known != null) ? known : create(request, name, creator);
			}
			catch (IllegalStateException ex) {
				// The request has ended, but this thread still carries its attributes.
				return null;
			}
		}

		private static Object create(RequestAttributes request, String name, Supplier<Object> creator) {
			// Threads of one request may race to create it.
			synchronized (request) {
				Object value = request.getAttribute(name, RequestAttributes.SCOPE_REQUEST);
				if (value == null) {
					value = creator.get();
					request.setAttribute(name, value, RequestAttributes.SCOPE_REQUEST);
				}
				return value;
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
