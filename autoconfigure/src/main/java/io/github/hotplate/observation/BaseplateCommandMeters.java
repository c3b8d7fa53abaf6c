package io.github.hotplate.observation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.DoubleStream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one command under baseplate's names.
 */
final class BaseplateCommandMeters implements CommandMeters {

	/**
	 * Upper bounds of the latency histogram, in seconds, as in baseplate.
	 */
	private static final Duration[] BUCKETS = DoubleStream
		.of(0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15, 30)
		.mapToObj((seconds) -> Duration.ofNanos(Math.round(seconds * TimeUnit.SECONDS.toNanos(1))))
		.toArray(Duration[]::new);

	private final MeterRegistry registry;

	private final LongAdder active = new LongAdder();

	private final Gauge activeGauge;

	private final Outcome success;

	private final Outcome failure;

	BaseplateCommandMeters(MeterRegistry registry, Tags tags) {
		this.registry = registry;
		this.activeGauge = Gauge.builder(RedisMeter.ACTIVE_REQUESTS.meterName(), this.active, LongAdder::sum)
			.description(RedisMeter.ACTIVE_REQUESTS.description())
			.tags(tags)
			.register(registry);
		this.success = Outcome.register(registry, tags.and(CommandTags.SUCCESS, "true"));
		this.failure = Outcome.register(registry, tags.and(CommandTags.SUCCESS, "false"));
	}

	@Override
	public void begin() {
		this.active.increment();
	}

	@Override
	public void end(long nanos, @Nullable Throwable failure) {
		this.active.decrement();
		((failure != null) ? this.failure : this.success).record(nanos);
	}

	@Override
	public void remove() {
		this.registry.remove(this.activeGauge);
		this.success.remove(this.registry);
		this.failure.remove(this.registry);
	}

	private record Outcome(Counter requests, Timer latency) {

		static Outcome register(MeterRegistry registry, Tags tags) {
			Counter requests = Counter.builder(RedisMeter.REQUESTS.meterName())
				.description(RedisMeter.REQUESTS.description())
				.tags(tags)
				.register(registry);
			Timer latency = Timer.builder(RedisMeter.LATENCY.meterName())
				.description(RedisMeter.LATENCY.description())
				.serviceLevelObjectives(BUCKETS)
				.tags(tags)
				.register(registry);
			return new Outcome(requests, latency);
		}

		void record(long nanos) {
			this.requests.increment();
			this.latency.record(nanos, TimeUnit.NANOSECONDS);
		}

		void remove(MeterRegistry registry) {
			registry.remove(this.requests);
			registry.remove(this.latency);
		}

	}

}
