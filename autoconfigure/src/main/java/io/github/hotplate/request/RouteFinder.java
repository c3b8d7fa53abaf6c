package io.github.hotplate.request;

import java.util.Set;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;

/**
 * Finds the route of a request once it has been served. What the request itself says
 * never becomes part of it: neither its path nor a method that HTTP does not know.
 */
final class RouteFinder {

	// Those of Spring MVC's HandlerMapping, which an application may lack.
	static final String HANDLER = "org.springframework.web.servlet.HandlerMapping.bestMatchingHandler";

	static final String PATTERN = "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";

	private static final Set<MappingMatch> PATTERNS = Set.of(MappingMatch.EXACT, MappingMatch.EXTENSION,
			MappingMatch.PATH);

	private static final String UNKNOWN = "UNKNOWN";

	private RouteFinder() {
	}

	static Route find(HttpServletRequest request, int status) {
		String method = method(request.getMethod());
		Object handler = request.getAttribute(HANDLER);
		Object pattern = request.getAttribute(PATTERN);
		String uri = (pattern != null) ? uri(pattern.toString()) : uri(status);
		if (handler instanceof HandlerMethod handlerMethod) {
			return new Route(method, uri, uri, handlerMethod.getBeanType(), handlerMethod.getMethod(), null);
		}
		if (handler != null) {
			return new Route(method, uri, uri, handler.getClass(), null, null);
		}
		HttpServletMapping mapping = request.getHttpServletMapping();
		return isPattern(mapping) ? new Route(method, uri, mapping.getPattern(), null, null, mapping.getServletName())
				: new Route(method, uri, uri, null, null, null);
	}

	private static String method(@Nullable String method) {
		return (method != null && isKnown(HttpMethod.valueOf(method))) ? method : UNKNOWN;
	}

	private static boolean isKnown(HttpMethod method) {
		for (HttpMethod known : HttpMethod.values()) {
			if (known.equals(method)) {
				return true;
			}
		}
		return false;
	}

	private static String uri(String pattern) {
		return pattern.isEmpty() ? "root" : pattern;
	}

	private static String uri(int status) {
		if (status == HttpStatus.NOT_FOUND.value()) {
			return "NOT_FOUND";
		}
		return (status / 100 == 3) ? "REDIRECTION" : UNKNOWN;
	}

	// Behind a servlet for everything there is a framework with patterns of its own.
	private static boolean isPattern(@Nullable HttpServletMapping mapping) {
		MappingMatch match = (mapping != null) ? mapping.getMappingMatch() : null;
		return match != null && PATTERNS.contains(match);
	}

}
