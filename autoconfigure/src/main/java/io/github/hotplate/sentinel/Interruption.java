package io.github.hotplate.sentinel;

import org.jspecify.annotations.Nullable;

/**
 * Ends a round of questions from another thread, when there are news that make its
 * answers worthless: a server that is silent would keep the round for its whole time-out.
 * Thread-safe.
 */
final class Interruption {

	private @Nullable InterruptibleConnection connection;

	private boolean interrupted;

	/**
	 * Note the connection on which the round asks next, before it is opened.
	 * @param <C> what kind of connection
	 * @param next the connection; it is closed at once where the round is to end
	 * @return the connection
	 */
	synchronized <C extends InterruptibleConnection> C guard(C next) {
		this.connection = next;
		if (this.interrupted) {
			next.close();
		}
		return next;
	}

	synchronized void interrupt() {
		this.interrupted = true;
		if (this.connection != null) {
			this.connection.close();
		}
	}

	synchronized boolean isInterrupted() {
		return this.interrupted;
	}

}
