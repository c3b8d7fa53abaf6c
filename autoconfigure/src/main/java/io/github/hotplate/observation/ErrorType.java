package io.github.hotplate.observation;

import io.github.hotplate.command.ErrorReply;

/**
 * What OpenTelemetry calls the type of an error, for meters and spans alike.
 *
 * @see <a href=
 * "https://opentelemetry.io/docs/specs/semconv/registry/attributes/error/">error.type</a>
 */
final class ErrorType {

	private ErrorType() {
	}

	/**
	 * Return the type of a failure.
	 * @param failure the failure
	 * @return the code of an error reply, such as {@code WRONGTYPE}, or the class of any
	 * other failure
	 */
	static String of(Throwable failure) {
		String code = ErrorReply.of(failure).code();
		return (code != null) ? code : failure.getClass().getName();
	}

}
