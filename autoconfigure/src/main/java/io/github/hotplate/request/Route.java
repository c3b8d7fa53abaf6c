package io.github.hotplate.request;

import java.lang.reflect.Method;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * A kind of request: its method, its pattern and what handles it. There are as many as
 * the application declares, whatever its users ask for.
 *
 * @param method the HTTP method, {@code UNKNOWN} for one that is not HTTP's
 * @param uri the pattern as the meter {@code http.server.requests} has it, or a word in
 * its place
 * @param pattern the pattern for people, that of a servlet if Spring MVC has none
 * @param type the class that handles the request, or {@code null} if none is known
 * @param handlerMethod the method that handles it, or {@code null} if there is no such
 * @param servlet the name of the servlet if there is neither, or {@code null}
 */
public record Route(String method, String uri, String pattern, @Nullable Class<?> type, @Nullable Method handlerMethod,
		@Nullable String servlet) {

	/**
	 * Return the route as it is shown.
	 * @return text such as {@code GET /cart/{id}}
	 */
	public String name() {
		return this.method + " " + this.pattern;
	}

	/**
	 * Return what handles the request.
	 * @return text such as {@code CartController.show}, or the name of a servlet
	 */
	public String handler() {
		if (this.type == null) {
			return Objects.requireNonNullElse(this.servlet, "");
		}
		String owner = shortName(this.type);
		return (this.handlerMethod != null) ? owner + "." + this.handlerMethod.getName() : owner;
	}

	// The class of a lambda is named after the class that it is in.
	private static String shortName(Class<?> type) {
		String name = ClassUtils.getUserClass(type).getName();
		int lambda = name.indexOf("$$");
		String owner = (lambda > 0) ? name.substring(0, lambda) : name;
		return owner.substring(Math.max(owner.lastIndexOf('.'), owner.lastIndexOf('$')) + 1);
	}

}
