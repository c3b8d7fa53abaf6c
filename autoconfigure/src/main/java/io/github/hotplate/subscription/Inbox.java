package io.github.hotplate.subscription;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * What nodes have sent and the listener has not read yet. Messages wait outside while it
 * is full, so that a slow listener slows down its nodes, as it would on a connection of
 * its own. Thread-safe.
 */
final class Inbox {

	/**
	 * How many messages are kept in memory.
	 */
	private static final int CAPACITY = 1_000;

	private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

	private final Semaphore room = new Semaphore(CAPACITY);

	/**
	 * Wait until there is room for a message.
	 * @throws InterruptedException if interrupted
	 */
	void makeRoom() throws InterruptedException {
		this.room.acquire();
	}

	/**
	 * Give back room that is not needed.
	 */
	void releaseRoom() {
		this.room.release();
	}

	/**
	 * Add a message, for which there is room.
	 * @param message the message
	 */
	void addMessage(Object message) {
		this.items.add(new Item(message, true));
	}

	/**
	 * Add what is never held back: the listener's own thread may add it.
	 * @param notice a reply, or an exception that ends the subscription
	 */
	void addNotice(Object notice) {
		this.items.add(new Item(notice, false));
	}

	/**
	 * Wait for the next item.
	 * @return a reply or an exception
	 * @throws InterruptedException if interrupted
	 */
	Object take() throws InterruptedException {
		Item item = this.items.take();
		if (item.message) {
			this.room.release();
		}
		return item.content;
	}

	private record Item(Object content, boolean message) {

	}

}
