package io.github.hotplate.pool;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts connections when they are opened and closed. Thread-safe.
 */
final class ConnectionCounter {

	private final LongAdder created = new LongAdder();

	private final LongAdder closed = new LongAdder();

	void created() {
		this.created.increment();
	}

	void closed() {
		this.closed.increment();
	}

	ConnectionCounts counts() {
		// In this order: what is closed later must not exceed what was created.
		long closed = this.closed.sum();
		return new ConnectionCounts(this.created.sum(), closed);
	}

}
