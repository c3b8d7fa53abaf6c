package io.github.hotplate.sentinel;

import org.springframework.core.NestedExceptionUtils;

/**
 * Classifies exceptions of Jedis.
 */
final class SentinelFailures {

	private SentinelFailures() {
	}

	static String message(Throwable ex) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		// Jedis tries all addresses of a host and suppresses their failures.
		if (root.getSuppressed().length > 0) {
			root = root.getSuppressed()[0];
		}
		return (root.getMessage() != null) ? root.getMessage() : root.getClass().getSimpleName();
	}

}
