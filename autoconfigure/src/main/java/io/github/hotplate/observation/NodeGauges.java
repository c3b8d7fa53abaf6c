package io.github.hotplate.observation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.Topology;

/**
 * The gauges of each node of a client. The gauges of a node that leaves are removed, and
 * all of them when closed. Thread-safe.
 */
final class NodeGauges implements AutoCloseable {

	private final ClusterPool pool;

	private final MeterRegistry registry;

	private final MonitoringFailures failures;

	private final Map<RedisMeter, ToDoubleBiFunction<ClusterPool, Node>> gauges;

	private final Map<Node, List<Meter>> meters = new HashMap<>();

	private boolean closed;

	/**
	 * Create an instance without gauges.
	 * @param pool the pool of the client
	 * @param registry where to register them
	 * @param failures counts rejections by the registry
	 * @param gauges what each node has, and how it is measured
	 */
	NodeGauges(ClusterPool pool, MeterRegistry registry, MonitoringFailures failures,
			Map<RedisMeter, ToDoubleBiFunction<ClusterPool, Node>> gauges) {
		this.pool = pool;
		this.registry = registry;
		this.failures = failures;
		this.gauges = gauges;
	}

	/**
	 * Register the gauges of the nodes that there are, and of those to come.
	 */
	void bind() {
		this.pool.onTopologyChange(this::register);
	}

	private synchronized void register(Topology topology) {
		if (this.closed) {
			return;
		}
		Set<Node> left = new HashSet<>(this.meters.keySet());
		left.removeAll(topology.nodes());
		left.forEach(this::remove);
		try {
			topology.nodes().forEach((node) -> this.meters.computeIfAbsent(node, this::register));
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.METRICS, ex);
		}
	}

	private List<Meter> register(Node node) {
		return this.gauges.entrySet()
			.stream()
			.<Meter>map((gauge) -> Gauge
				.builder(gauge.getKey().meterName(), this.pool,
						(source) -> gauge.getValue().applyAsDouble(source, node))
				.description(gauge.getKey().description())
				.tags("redis_pool", this.pool.name(), "redis_node", node.toString())
				.register(this.registry))
			.toList();
	}

	private void remove(Node node) {
		List<Meter> removed = this.meters.remove(node);
		if (removed != null) {
			removed.forEach(this.registry::remove);
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		List.copyOf(this.meters.keySet()).forEach(this::remove);
	}

}
