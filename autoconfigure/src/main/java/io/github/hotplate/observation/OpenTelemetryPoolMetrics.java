package io.github.hotplate.observation;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.pool.PoolListener;

/**
 * The meters of a client's pool under OpenTelemetry's conventions. Read straight from the
 * pool; removed when closed.
 *
 * @since 0.1.0
 */
public final class OpenTelemetryPoolMetrics implements PoolListener, AutoCloseable {

	private static final String STATE = "db.client.connection.state";

	private final ClusterPool pool;

	private final MeterRegistry registry;

	private final List<Meter> meters;

	private final Timer createTime;

	private final Timer waitTime;

	private final Timer useTime;

	/**
	 * Register the meters of a pool.
	 * @param pool the pool
	 * @param registry where to register them
	 */
	public OpenTelemetryPoolMetrics(ClusterPool pool, MeterRegistry registry) {
		this.pool = pool;
		this.registry = registry;
		Tags tags = Tags.of("db.client.connection.pool.name", pool.name());
		this.createTime = OpenTelemetryMeter.CONNECTION_CREATE_TIME.timer(tags, registry);
		this.waitTime = OpenTelemetryMeter.CONNECTION_WAIT_TIME.timer(tags, registry);
		this.useTime = OpenTelemetryMeter.CONNECTION_USE_TIME.timer(tags, registry);
		this.meters = List.of(
				gauge(OpenTelemetryMeter.CONNECTION_COUNT, tags.and(STATE, "idle"),
						(source) -> source.totalUsage().idle()),
				gauge(OpenTelemetryMeter.CONNECTION_COUNT, tags.and(STATE, "used"),
						(source) -> source.totalUsage().active()),
				gauge(OpenTelemetryMeter.CONNECTION_MAX, tags, ClusterPool::maxConnections),
				gauge(OpenTelemetryMeter.CONNECTION_PENDING_REQUESTS, tags, ClusterPool::waitingCallers),
				FunctionCounter
					.builder(OpenTelemetryMeter.CONNECTION_TIMEOUTS.meterName(), pool, ClusterPool::exhaustedWaits)
					.description(OpenTelemetryMeter.CONNECTION_TIMEOUTS.description())
					.tags(tags)
					.register(registry),
				this.createTime, this.waitTime, this.useTime);
		pool.addPoolListener(this);
	}

	private Meter gauge(OpenTelemetryMeter meter, Tags tags, ToDoubleFunction<ClusterPool> value) {
		return Gauge.builder(meter.meterName(), this.pool, value)
			.description(meter.description())
			.tags(tags)
			.register(this.registry);
	}

	@Override
	public void borrowed(HostAndPort node, long waitNanos, long readyNanos) {
		this.waitTime.record(waitNanos + readyNanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void opened(HostAndPort node, long nanos) {
		this.createTime.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void returned(HostAndPort node, long nanos) {
		this.useTime.record(nanos, TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		this.pool.removePoolListener(this);
		this.meters.forEach(this.registry::remove);
	}

}
