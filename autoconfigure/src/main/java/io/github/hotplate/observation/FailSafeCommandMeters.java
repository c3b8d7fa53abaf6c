package io.github.hotplate.observation;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * Meters whose failures do not affect commands.
 */
final class FailSafeCommandMeters implements CommandMeters {

	private final CommandMeters meters;

	private final MonitoringFailures failures;

	FailSafeCommandMeters(CommandMeters meters, MonitoringFailures failures) {
		this.meters = meters;
		this.failures = failures;
	}

	@Override
	public void begin() {
		this.meters.begin();
	}

	@Override
	public void end(long nanos, @Nullable Throwable failure) {
		try {
			this.meters.end(nanos, failure);
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.METRICS, ex);
		}
	}

	@Override
	public void remove() {
		this.meters.remove();
	}

}
