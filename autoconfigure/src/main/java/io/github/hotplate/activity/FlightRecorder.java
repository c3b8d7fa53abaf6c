package io.github.hotplate.activity;

import org.jspecify.annotations.Nullable;

/**
 * Gives calls to the flight recorder of the JVM. Needs the module {@code jdk.jfr}.
 * Thread-safe.
 */
final class FlightRecorder implements CallEvents {

	private final String client;

	// Knows whether events of its type are recorded, which costs nothing to ask.
	private final CommandEvent type;

	FlightRecorder(String client) {
		this.client = client;
		this.type = new CommandEvent(client);
	}

	@Override
	public @Nullable CallEvent begin() {
		if (!this.type.isEnabled()) {
			return null;
		}
		CommandEvent event = new CommandEvent(this.client);
		event.begin();
		return event;
	}

}
