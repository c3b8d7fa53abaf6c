package io.github.hotplate.actuate;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * What endpoints answer if there is no client with the name that they are asked for.
 */
final class UnknownClient {

	// An extension takes the place of an operation that produces the same. Boot takes for
	// granted that one without a result produces nothing.
	static final String ACTUATOR_JSON = "application/vnd.spring-boot.actuator.v3+json";

	static final String JSON = "application/json";

	private UnknownClient() {
	}

	/**
	 * Return the failure for JMX, which has no status.
	 * @param client the name
	 * @return the exception to throw
	 */
	static InvalidEndpointRequestException failure(String client) {
		return new InvalidEndpointRequestException("There is no Redis client '" + client + "'", "unknown client");
	}

	static <T> WebEndpointResponse<T> orNotFound(@Nullable T found) {
		return (found != null) ? new WebEndpointResponse<>(found)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	static WebEndpointResponse<Void> orNotFound(boolean found) {
		return new WebEndpointResponse<>(
				found ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
