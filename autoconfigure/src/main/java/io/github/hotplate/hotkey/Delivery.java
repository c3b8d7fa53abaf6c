package io.github.hotplate.hotkey;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of contributions that were sent to Redis.
 *
 * @param kept whether the trimmed set kept the key of each contribution; empty if unknown
 * @param loss why the outcome is unknown, or {@code null} if Redis has added them; lost
 * contributions must not be sent twice
 */
record Delivery(List<Boolean> kept, @Nullable RuntimeException loss) {

	static Delivery added(List<Boolean> kept) {
		return new Delivery(List.copyOf(kept), null);
	}

	static Delivery lost(RuntimeException loss) {
		return new Delivery(List.of(), loss);
	}

	boolean isLost() {
		return this.loss != null;
	}

}
