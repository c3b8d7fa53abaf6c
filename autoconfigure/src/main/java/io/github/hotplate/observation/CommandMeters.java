package io.github.hotplate.observation;

import org.jspecify.annotations.Nullable;

/**
 * The meters of one command, looked up once and then kept: finding a meter by its tags
 * costs more than recording on it. Thread-safe.
 */
interface CommandMeters {

	/**
	 * Record that a command begins.
	 */
	void begin();

	/**
	 * Record that a command has ended.
	 * @param nanos how long it took
	 * @param failure what its caller sees, or {@code null} if all went well
	 */
	void end(long nanos, @Nullable Throwable failure);

	/**
	 * Remove the meters from their registry.
	 */
	void remove();

}
