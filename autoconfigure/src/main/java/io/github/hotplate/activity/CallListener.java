package io.github.hotplate.activity;

import io.github.hotplate.execution.CallRecord;

/**
 * Is told of every call of a client once it has ended. Must be quick and thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface CallListener {

	/**
	 * Take note of a call.
	 * @param call the call, which has ended; the record must not be kept
	 */
	void callEnded(CallRecord call);

}
