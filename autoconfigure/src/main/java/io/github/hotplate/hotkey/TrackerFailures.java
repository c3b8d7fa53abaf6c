package io.github.hotplate.hotkey;

import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * Counts the failures of one client's tracker. They can occur with every command or every
 * flush, and never fail a command.
 *
 * @param client the name of the client
 * @param monitoring counts the failures, and logs some of them
 */
record TrackerFailures(String client, MonitoringFailures monitoring) {

	/**
	 * Note a failure.
	 * @param what the tracker could not do
	 * @param failure the cause
	 */
	void note(String what, Throwable failure) {
		this.monitoring.note(Part.HOT_KEYS, "client '" + this.client + "' " + what, failure);
	}

	/**
	 * Note a failure that is to be expected, such as that of a flush in a failover.
	 * @param what the tracker could not do
	 * @param failure the cause
	 */
	void noteExpected(String what, Throwable failure) {
		this.monitoring.noteExpected(Part.HOT_KEYS, "client '" + this.client + "' " + what, failure);
	}

}
