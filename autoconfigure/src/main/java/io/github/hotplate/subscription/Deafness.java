package io.github.hotplate.subscription;

import org.jspecify.annotations.Nullable;

/**
 * Since when some topic of a subscription lacks a node that serves it. Not thread-safe:
 * guarded by the lock of its subscription.
 */
final class Deafness {

	private @Nullable Long since;

	/**
	 * Create an instance for a subscription that no node serves yet.
	 * @param now the time, in nanoseconds
	 */
	Deafness(long now) {
		this.since = now;
	}

	/**
	 * Note that a topic may lack a node. A new connection begins after the last sign of
	 * life of the one that it replaces, so the earliest time counts.
	 * @param heardAt when a node was last heard, in nanoseconds
	 */
	void begin(long heardAt) {
		Long known = this.since;
		if (known == null || heardAt - known < 0) {
			this.since = heardAt;
		}
	}

	/**
	 * Note that every topic is served.
	 */
	void end() {
		this.since = null;
	}

	boolean isOver() {
		return this.since == null;
	}

	/**
	 * Return how long it has lasted.
	 * @param now the time, in nanoseconds
	 * @return the time in nanoseconds, 0 if every topic is served
	 */
	long lasting(long now) {
		return (this.since != null) ? now - this.since : 0;
	}

}
