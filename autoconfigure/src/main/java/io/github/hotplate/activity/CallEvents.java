package io.github.hotplate.activity;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.execution.CallRecord;

/**
 * Gives calls to the recorder of the JVM's events, if there is one. Thread-safe.
 */
@FunctionalInterface
interface CallEvents {

	/**
	 * Begin an event for a call of the current thread.
	 * @return the event, or {@code null} if nobody records such events
	 */
	@Nullable CallEvent begin();

	/**
	 * The event of one call. Not thread-safe.
	 */
	interface CallEvent {

		/**
		 * End the event, and have it recorded if it took long enough.
		 * @param call the call, which has ended
		 */
		void end(CallRecord call);

	}

}
