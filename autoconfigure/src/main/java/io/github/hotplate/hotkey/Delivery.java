package io.github.hotplate.hotkey;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What has become of contributions that were sent to Redis.
 *
 * @param kept for each whether the set has kept its key when it was trimmed; empty where
 * nobody knows
 * @param loss why nobody knows whether Redis has added them, or {@code null} if it has:
 * what is lost must not be sent twice
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
