package io.github.hotplate.observation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.command.ErrorReply;

/**
 * The meters of one command under OpenTelemetry's conventions. Attributes of errors are
 * absent when all is well, as the convention asks. Micrometer's registry for Prometheus
 * takes series of one name with different labels, and Prometheus treats an absent label
 * like an empty one.
 */
final class OpenTelemetryCommandMeters implements CommandMeters {

	private final MeterRegistry registry;

	private final Tags tags;

	private final Timer success;

	private final Map<String, Timer> failures = new ConcurrentHashMap<>();

	OpenTelemetryCommandMeters(MeterRegistry registry, Tags tags) {
		this.registry = registry;
		this.tags = tags;
		this.success = OpenTelemetryMeter.OPERATION_DURATION.timer(tags, registry);
	}

	private Timer register(Throwable failure) {
		Tags errorTags = this.tags.and("error.type", ErrorType.of(failure));
		String code = ErrorReply.of(failure).code();
		return OpenTelemetryMeter.OPERATION_DURATION
			.timer((code != null) ? errorTags.and("db.response.status_code", code) : errorTags, this.registry);
	}

	@Override
	public void begin() {
		// The convention has no meter of commands in progress.
	}

	@Override
	public void end(long nanos, @Nullable Throwable failure) {
		Timer timer = (failure != null)
				? this.failures.computeIfAbsent(ErrorType.of(failure), (type) -> register(failure)) : this.success;
		timer.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void remove() {
		this.registry.remove(this.success);
		this.failures.values().forEach(this.registry::remove);
	}

}
