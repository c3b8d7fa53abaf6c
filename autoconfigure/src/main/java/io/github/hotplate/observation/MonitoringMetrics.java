package io.github.hotplate.observation;

import java.util.List;
import java.util.stream.Stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

/**
 * Counts failures of monitoring, and removes its counters when closed.
 *
 * @since 0.1.0
 */
public final class MonitoringMetrics implements AutoCloseable {

	private final MeterRegistry registry;

	private final List<Meter> meters;

	/**
	 * Register the counters.
	 * @param failures what is counted
	 * @param registry where to register them
	 */
	public MonitoringMetrics(MonitoringFailures failures, MeterRegistry registry) {
		this.registry = registry;
		this.meters = Stream.of(Part.values())
			.<Meter>map((part) -> FunctionCounter
				.builder(RedisMeter.MONITORING_FAILURES.meterName(), failures, (source) -> source.count(part))
				.description(RedisMeter.MONITORING_FAILURES.description())
				.tag("part", part.label())
				.register(registry))
			.toList();
	}

	@Override
	public void close() {
		this.meters.forEach(this.registry::remove);
	}

}
