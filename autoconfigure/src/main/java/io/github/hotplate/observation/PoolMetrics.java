package io.github.hotplate.observation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import io.github.hotplate.cluster.ClusterNode;
import io.github.hotplate.cluster.ClusterPool;
import io.github.hotplate.cluster.ClusterTopology;
import io.github.hotplate.execution.MonitoringFailures;
import io.github.hotplate.execution.MonitoringFailures.Part;

/**
 * The gauges of a client's pool. Read straight from the pool; removed when closed.
 *
 * @since 0.1.0
 */
public final class PoolMetrics implements AutoCloseable {

	private final ClusterPool pool;

	private final MeterRegistry registry;

	private final MonitoringFailures failures;

	private final List<Meter> meters;

	private final Map<ClusterNode, List<Meter>> nodeMeters = new HashMap<>();

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
	 * @param failures is told when the registry rejects the gauges of a node
	 */
	public PoolMetrics(ClusterPool pool, MeterRegistry registry, MonitoringFailures failures) {
		this.pool = pool;
		this.registry = registry;
		this.failures = failures;
		Tags poolTags = Tags.of("redis_pool", pool.name());
		Tags clientTags = Tags.of("client", pool.name());
		this.meters = List.of(gauge(RedisMeter.POOL_MAX_SIZE, poolTags, ClusterPool::maxConnections),
				gauge(RedisMeter.POOL_IDLE_CONNECTIONS, poolTags, (source) -> source.totalUsage().idle()),
				gauge(RedisMeter.POOL_ACTIVE_CONNECTIONS, poolTags, (source) -> source.totalUsage().active()),
				gauge(RedisMeter.RUNTIME_POOL_SIZE, clientTags, ClusterPool::maxConnections),
				gauge(RedisMeter.RUNTIME_POOL_IN_USE, clientTags, (source) -> source.totalUsage().active()));
		pool.onTopologyChange(this::registerNodes);
	}

	// A node that has left the cluster takes its gauges with it.
	private synchronized void registerNodes(ClusterTopology topology) {
		Set<ClusterNode> left = new HashSet<>(this.nodeMeters.keySet());
		left.removeAll(topology.nodes());
		left.forEach(this::removeNode);
		try {
			topology.nodes().forEach((node) -> this.nodeMeters.computeIfAbsent(node, this::registerNode));
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.METRICS, ex);
		}
	}

	private List<Meter> registerNode(ClusterNode node) {
		Tags tags = Tags.of("redis_pool", this.pool.name(), "redis_node", node.toString());
		return List.of(gauge(RedisMeter.NODE_IDLE_CONNECTIONS, tags, (source) -> source.usage(node).idle()),
				gauge(RedisMeter.NODE_ACTIVE_CONNECTIONS, tags, (source) -> source.usage(node).active()));
	}

	private void removeNode(ClusterNode node) {
		List<Meter> removed = this.nodeMeters.remove(node);
		if (removed != null) {
			removed.forEach(this.registry::remove);
		}
	}

	private Meter gauge(RedisMeter meter, Tags tags, ToDoubleFunction<ClusterPool> value) {
		return Gauge.builder(meter.meterName(), this.pool, value)
			.description(meter.description())
			.tags(tags)
			.register(this.registry);
	}

	@Override
	public synchronized void close() {
		this.meters.forEach(this.registry::remove);
		List.copyOf(this.nodeMeters.keySet()).forEach(this::removeNode);
	}

}
