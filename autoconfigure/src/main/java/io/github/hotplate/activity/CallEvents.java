package io.github.hotplate.activity;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import io.github.hotplate.execution.CallRecord;

/**
 * Gives calls to whoever records the events of the JVM. Thread-safe.
 */
@FunctionalInterface
interface CallEvents {

	/**
	 * Begin an event for a call of the current thread.
	 * @return the event, or {@code null} if nobody records such events
	 */
	@Nullable CallEvent begin();

	/**
	 * Return where to give the calls of a client.
	 * @param client the name of the client
	 * @return the flight recorder, or a recorder of nothing where the JVM has none
	 */
	static CallEvents of(String client) {
		// The module jdk.jfr is not in each runtime image.
		return ClassUtils.isPresent("jdk.jfr.Event", CallEvents.class.getClassLoader()) ? new FlightRecorder(client)
				: () -> null;
	}

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
