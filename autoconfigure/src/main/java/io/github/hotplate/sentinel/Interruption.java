package io.github.hotplate.sentinel;

import org.jspecify.annotations.Nullable;

/**
 * Ends a round of questions from another thread when news makes its answers worthless. A
 * silent server would otherwise block the round for its whole time-out. Thread-safe.
 */
final class Interruption {

	private @Nullable InterruptibleConnection connection;

	private boolean interrupted;

	/**
	 * Note the next connection of the round before it is opened.
	 * @param <C> the type of the connection
	 * @param next the connection; closed at once if the round was interrupted
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
