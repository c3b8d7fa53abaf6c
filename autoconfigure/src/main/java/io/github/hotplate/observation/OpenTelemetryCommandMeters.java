package io.github.hotplate.observation;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one command under OpenTelemetry's conventions.
 */
final class OpenTelemetryCommandMeters implements CommandMeters {

	/**
	 * Upper bounds of the histogram, as the convention advises.
	 */
	private static final Duration[] BUCKETS = LongStream.of(1, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000)
		.mapToObj(Duration::ofMillis)
		.toArray(Duration[]::new);

	private static final String NO_ERROR = "";

	private final MeterRegistry registry;

	private final Tags tags;

	private final Timer success;

	private final Map<String, Timer> failures = new ConcurrentHashMap<>();

	OpenTelemetryCommandMeters(MeterRegistry registry, Tags tags) {
		this.registry = registry;
		this.tags = tags;
		this.success = register(NO_ERROR);
	}

	private Timer register(String errorType) {
		return Timer.builder(OpenTelemetryMeter.OPERATION_DURATION.meterName())
			.description(OpenTelemetryMeter.OPERATION_DURATION.description())
			.serviceLevelObjectives(BUCKETS)
			.tags(this.tags)
			.tag("error.type", errorType)
			.register(this.registry);
	}

	@Override
	public void begin() {
		// The convention has no meter of commands in progress.
	}

	@Override
	public void end(long nanos, @Nullable Throwable failure) {
		Timer timer = (failure != null) ? this.failures.computeIfAbsent(ErrorType.of(failure), this::register)
				: this.success;
		timer.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void remove() {
		this.registry.remove(this.success);
		this.failures.values().forEach(this.registry::remove);
	}

}
