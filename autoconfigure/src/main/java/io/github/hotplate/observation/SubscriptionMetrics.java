package io.github.hotplate.observation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.subscription.SubscriptionUsage;

/**
 * The meters of a client's subscriptions, however many there are. Read straight from the
 * pool; removed when closed.
 *
 * @since 0.1.0
 */
public final class SubscriptionMetrics implements AutoCloseable {

	private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

	private final MeterRegistry registry;

	private final List<Meter> meters;

	/**
	 * Register the meters of a client.
	 * @param pool the pool of the client
	 * @param registry where to register them
	 */
	public SubscriptionMetrics(ClusterPool pool, MeterRegistry registry) {
		this.registry = registry;
		Tags tags = Tags.of("redis_pool", pool.name());
		this.meters = List.of(
				Gauge.builder(RedisMeter.SUBSCRIPTIONS.meterName(), pool, (source) -> source.subscriptions().size())
					.description(RedisMeter.SUBSCRIPTIONS.description())
					.tags(tags)
					.register(registry),
				Gauge.builder(RedisMeter.SUBSCRIPTION_SILENCE.meterName(), pool, SubscriptionMetrics::silence)
					.description(RedisMeter.SUBSCRIPTION_SILENCE.description())
					.baseUnit("seconds")
					.tags(tags)
					.register(registry),
				FunctionCounter.builder(RedisMeter.RESUBSCRIPTIONS.meterName(), pool, ClusterPool::resubscriptions)
					.description(RedisMeter.RESUBSCRIPTIONS.description())
					.tags(tags)
					.register(registry));
	}

	private static double silence(ClusterPool pool) {
		return pool.subscriptions()
			.stream()
			.map(SubscriptionUsage::silence)
			.mapToLong(Duration::toNanos)
			.max()
			.orElse(0) / NANOS_PER_SECOND;
	}

	@Override
	public void close() {
		this.meters.forEach(this.registry::remove);
	}

}
