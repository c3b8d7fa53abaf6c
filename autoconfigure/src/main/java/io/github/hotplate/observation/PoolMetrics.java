package io.github.hotplate.observation;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.support.MonitoringFailures;

/**
 * The gauges of a client's pool. Read straight from the pool; removed when closed.
 *
 * @since 0.1.0
 */
public final class PoolMetrics implements AutoCloseable {

	private final ClusterPool pool;

	private final MeterRegistry registry;

	private final List<Meter> meters;

	private final NodeGauges nodeGauges;

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
				gauge(RedisMeter.RUNTIME_POOL_SIZE, clientTags, ClusterPool::maxConnections),
				gauge(RedisMeter.RUNTIME_POOL_IN_USE, clientTags, (source) -> source.totalUsage().active()));
		this.nodeGauges = new NodeGauges(pool, registry, failures,
				Map.of(RedisMeter.NODE_IDLE_CONNECTIONS, (source, node) -> source.usage(node).idle(),
						RedisMeter.NODE_ACTIVE_CONNECTIONS, (source, node) -> source.usage(node).active()));
		this.nodeGauges.bind();
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
		this.nodeGauges.close();
	}

}
