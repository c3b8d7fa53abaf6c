package io.github.hotplate.pool;

import java.util.concurrent.atomic.AtomicInteger;

import redis.clients.jedis.HostAndPort;

/**
 * What happens to the connections of one node. While nobody listens, a command costs two
 * looks at a flag. Thread-safe.
 */
final class NodeMonitor {

	private final HostAndPort node;

	private final ConnectionCounter total;

	private final PoolListeners listeners;

	private final ConnectionCounter counter = new ConnectionCounter();

	private final AtomicInteger waiting = new AtomicInteger();

	/**
	 * Create an instance.
	 * @param node the node
	 * @param total counts the connections to all nodes of the client
	 * @param listeners those who listen
	 */
	NodeMonitor(HostAndPort node, ConnectionCounter total, PoolListeners listeners) {
		this.node = node;
		this.total = total;
		this.listeners = listeners;
	}

	/**
	 * Note that a connection is established.
	 */
	void socketOpened() {
		this.counter.created();
		this.total.created();
	}

	/**
	 * Note that a connection is closed. To be called once.
	 */
	void socketClosed() {
		this.counter.closed();
		this.total.closed();
	}

	ConnectionCounts counts() {
		return this.counter.counts();
	}

	void waitBegins() {
		this.waiting.incrementAndGet();
	}

	void waitEnds() {
		this.waiting.decrementAndGet();
	}

	/**
	 * Return how many callers wait for a connection to the node.
	 * @return the number of callers
	 */
	int waiting() {
		return this.waiting.get();
	}

	void borrowed(long waitNanos, long readyNanos) {
		if (this.listeners.anybody()) {
			this.listeners.tell((listener) -> listener.borrowed(this.node, waitNanos, readyNanos));
		}
	}

	void missed(long waitNanos) {
		if (this.listeners.anybody()) {
			this.listeners.tell((listener) -> listener.missed(this.node, waitNanos));
		}
	}

	void opened(long nanos) {
		if (this.listeners.anybody()) {
			this.listeners.tell((listener) -> listener.opened(this.node, nanos));
		}
	}

	void returned(long nanos) {
		if (this.listeners.anybody()) {
			this.listeners.tell((listener) -> listener.returned(this.node, nanos));
		}
	}

}
