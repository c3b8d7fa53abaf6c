package io.github.hotplate.test;

/**
 * Lets threads pass while it is open. Thread-safe.
 */
final class Gate {

	private boolean shut;

	synchronized void shut() {
		this.shut = true;
	}

	synchronized void open() {
		this.shut = false;
		notifyAll();
	}

	synchronized void pass() throws InterruptedException {
		while (this.shut) {
			wait();
		}
	}

}
