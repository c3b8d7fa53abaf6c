package io.github.hotplate.benchmark.diagnosis;

import java.util.Objects;

import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * Runs a flight recording during each of its turns.
 */
final class FlightRecordedClient extends ForwardingClient {

	private static final String EVENT = "io.github.hotplate.Command";

	private @Nullable Recording recording;

	FlightRecordedClient(BenchmarkClient client) {
		super(client);
	}

	@Override
	public void beforeTurn() {
		Recording started = new Recording();
		started.enable(EVENT);
		started.start();
		this.recording = started;
	}

	@Override
	public void afterTurn() {
		Objects.requireNonNull(this.recording).close();
		this.recording = null;
	}

}
