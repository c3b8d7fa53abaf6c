package io.github.hotplate.execution;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How far a client has been closed: first it ends what may wait for long, then all else.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ClientClosing {

	private final String client;

	private final CountDownLatch closed = new CountDownLatch(1);

	private volatile boolean waitsEnded;

	public ClientClosing(String client) {
		this.client = client;
	}

	/**
	 * End blocking commands and subscriptions, and refuse new ones. Other commands run.
	 */
	public void endWaits() {
		this.waitsEnded = true;
	}

	/**
	 * Allow blocking commands and subscriptions again, unless the client is closed.
	 */
	public void allowWaits() {
		this.waitsEnded = false;
	}

	/**
	 * Refuse all commands from now on, and wake the callers that pause.
	 */
	public void close() {
		this.closed.countDown();
	}

	public boolean isClosed() {
		return this.closed.getCount() == 0;
	}

	/**
	 * Tell whether blocking commands and subscriptions must end.
	 * @return whether the client is closed, or its application is about to stop
	 */
	public boolean endsWaits() {
		return this.waitsEnded || isClosed();
	}

	/**
	 * Check that commands may be sent.
	 * @throws ClientClosedException if the client is closed
	 */
	public void checkOpen() {
		if (isClosed()) {
			throw new ClientClosedException("Client '" + this.client + "' is closed; nothing was sent");
		}
	}

	/**
	 * Check that a blocking command or a subscription may begin.
	 * @throws ClientClosedException if the client is closed or about to be
	 */
	public void checkWaits() {
		if (endsWaits()) {
			throw new ClientClosedException(
					"Client '" + this.client + "' is closed or about to be; it no longer blocks, and nothing was sent");
		}
	}

	/**
	 * Pause, unless the client is closed meanwhile.
	 * @param duration how long
	 * @throws InterruptedException if the thread is interrupted
	 * @throws ClientClosedException if the client is closed
	 */
	public void sleep(Duration duration) throws InterruptedException {
		if (this.closed.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
			checkOpen();
		}
	}

}
