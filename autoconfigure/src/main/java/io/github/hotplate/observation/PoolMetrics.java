package io.github.hotplate.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.topology.Node;

/**
 * The meters of a client's pool. Counts are read straight from the pool; removed when
 * closed.
 *
 * @since 0.1.0
 */
public final class PoolMetrics implements AutoCloseable {

	private final ClusterPool pool;

	private final MeterRegistry registry;

	private final List<Meter> meters;

	private final PoolTimes times = new PoolTimes();

	private final NodeMeters nodeMeters;

	/**
	 * Register the gauges of a pool.
	 * @param pool the pool
	 * @param registry where to register them
	 */
	public PoolMetrics(ClusterPool pool, MeterRegistry registry) {
		this(pool, registry, new MonitoringFailures());
	}

	/**
	 * Register the gauges of a pool.
	 * @param pool the pool
	 * @param registry where to register them
	 * @param failures counts rejections by the registry
	 */
	public PoolMetrics(ClusterPool pool, MeterRegistry registry, MonitoringFailures failures) {
		this.pool = pool;
		this.registry = registry;
		Tags poolTags = Tags.of("redis_pool", pool.name());
		Tags clientTags = Tags.of("client", pool.name());
		this.meters = List.of(gauge(RedisMeter.POOL_MAX_SIZE, poolTags, ClusterPool::maxConnections),
				gauge(RedisMeter.POOL_IDLE_CONNECTIONS, poolTags, (source) -> source.totalUsage().idle()),
				gauge(RedisMeter.POOL_ACTIVE_CONNECTIONS, poolTags, (source) -> source.totalUsage().active()),
				gauge(RedisMeter.POOL_WAITING, poolTags, ClusterPool::waitingCallers),
				gauge(RedisMeter.RUNTIME_POOL_SIZE, clientTags, ClusterPool::maxConnections),
				gauge(RedisMeter.RUNTIME_POOL_IN_USE, clientTags, (source) -> source.totalUsage().active()));
		this.nodeMeters = new NodeMeters(pool, registry, failures, this::register, this.times::forget);
		this.nodeMeters.bind();
		pool.addPoolListener(this.times);
	}

	private List<Meter> register(Node node, Tags tags) {
		List<Meter> registered = new ArrayList<>(List.of(
				gauge(RedisMeter.NODE_IDLE_CONNECTIONS, tags, (source) -> source.usage(node).idle()),
				gauge(RedisMeter.NODE_ACTIVE_CONNECTIONS, tags, (source) -> source.usage(node).active()),
				gauge(RedisMeter.NODE_WAITING, tags, (source) -> source.waitingCallers(node)),
				gauge(RedisMeter.NODE_MAX_SIZE, tags, ClusterPool::maxConnections),
				counter(RedisMeter.POOL_CONNECTIONS_OPENED, tags, (source) -> source.connectionCounts(node).created()),
				counter(RedisMeter.POOL_CONNECTIONS_CLOSED, tags, (source) -> source.connectionCounts(node).closed())));
		registered.addAll(this.times.register(node, tags, this.registry));
		return registered;
	}

	private Meter counter(RedisMeter meter, Tags tags, ToDoubleFunction<ClusterPool> value) {
		return FunctionCounter.builder(meter.meterName(), this.pool, value)
			.description(meter.description())
			.tags(tags)
			.register(this.registry);
	}

	private Meter gauge(RedisMeter meter, Tags tags, ToDoubleFunction<ClusterPool> value) {
		return Gauge.builder(meter.meterName(), this.pool, value)
			.description(meter.description())
			.tags(tags)
			.register(this.registry);
	}

	@Override
	public void close() {
		this.meters.forEach(this.registry::remove);
		this.pool.removePoolListener(this.times);
		this.nodeMeters.close();
	}

}
