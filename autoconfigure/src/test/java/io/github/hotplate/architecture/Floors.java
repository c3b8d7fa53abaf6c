package io.github.hotplate.architecture;

import java.util.List;

/**
 * The rooms of the product, from the top floor down. What a room imports is below it.
 */
final class Floors {

	static final String BASE = "io.github.hotplate";

	static final List<String> FROM_THE_TOP = List.of("autoconfigure", "actuate", "observation", "request", "client",
			"sharding", "template", "connection", "chain", "activity", "hotkey", "crossslot", "retry", "subscription",
			"routing", "topology", "sentinel", "health", "pool", "penalty", "execution", "command", "config",
			"support");

	private Floors() {
	}

}
