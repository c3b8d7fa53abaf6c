package io.github.hotplate.observation;

/**
 * What a span learns of a failure: its type and where it happened. Messages stay out,
 * since they may quote keys and values.
 */
final class SpanError extends RuntimeException {

	private final String type;

	SpanError(Throwable failure) {
		super(null, null, false, true);
		this.type = ErrorType.of(failure);
		setStackTrace(failure.getStackTrace());
	}

	@Override
	public synchronized Throwable fillInStackTrace() {
		return this;
	}

	@Override
	public String toString() {
		return this.type;
	}

}
