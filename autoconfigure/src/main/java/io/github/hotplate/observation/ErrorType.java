package io.github.hotplate.observation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import redis.clients.jedis.exceptions.JedisDataException;

/**
 * What OpenTelemetry calls the type of an error.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/semconv/registry/attributes/error/">error.type</a>
 */
final class ErrorType {

	/**
	 * The first word of Redis' own errors. What scripts make up is left out: a meter
	 * needs few values.
	 */
	private static final Pattern PREFIX = Pattern.compile("([A-Z]{2,20})( .*)?", Pattern.DOTALL);

	private ErrorType() {
	}

	/**
	 * Return the type of a failure.
	 * @param failure the failure
	 * @return the first word of an error reply, such as {@code WRONGTYPE}, or the class
	 * of any other failure
	 */
	static String of(Throwable failure) {
		if (failure instanceof JedisDataException) {
			Matcher matcher = PREFIX.matcher(String.valueOf(failure.getMessage()));
			if (matcher.matches()) {
				return matcher.group(1);
			}
		}
		return failure.getClass().getName();
	}

}
