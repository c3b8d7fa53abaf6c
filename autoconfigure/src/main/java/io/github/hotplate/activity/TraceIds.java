package io.github.hotplate.activity;

import org.jspecify.annotations.Nullable;

/**
 * Knows the trace of the current thread. Must be thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface TraceIds {

	/**
	 * Knows no trace.
	 */
	TraceIds NONE = () -> null;

	/**
	 * Return the trace of the current thread.
	 * @return its id, or {@code null} if there is none
	 */
	@Nullable String current();

}
