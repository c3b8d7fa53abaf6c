package io.github.hotplate.observation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.Topology;

/**
 * The meters of each node of a client. The meters of a node that leaves are removed, and
 * all of them when closed. Thread-safe.
 */
final class NodeMeters implements AutoCloseable {

	private final ClusterPool pool;

	private final MeterRegistry registry;

	private final MonitoringFailures failures;

	private final Factory factory;

	private final Consumer<Node> left;

	private final Map<Node, List<? extends Meter>> meters = new HashMap<>();

	private boolean closed;

	/**
	 * Create an instance without meters.
	 * @param pool the pool of the client
	 * @param registry where the meters are registered
	 * @param failures counts rejections by the registry
	 * @param factory registers the meters of a node
	 * @param left is told when the meters of a node have been removed
	 */
	NodeMeters(ClusterPool pool, MeterRegistry registry, MonitoringFailures failures, Factory factory,
			Consumer<Node> left) {
		this.pool = pool;
		this.registry = registry;
		this.failures = failures;
		this.factory = factory;
		this.left = left;
	}

	/**
	 * Register the meters of the nodes that there are, and of those to come.
	 */
	void bind() {
		this.pool.onTopologyChange(this::register);
	}

	private synchronized void register(Topology topology) {
		if (this.closed) {
			return;
		}
		Set<Node> gone = new HashSet<>(this.meters.keySet());
		gone.removeAll(topology.nodes());
		gone.forEach(this::remove);
		try {
			topology.nodes().forEach((node) -> this.meters.computeIfAbsent(node, this::register));
		}
		catch (RuntimeException ex) {
			this.failures.note(Part.METRICS, ex);
		}
	}

	private List<? extends Meter> register(Node node) {
		return this.factory.register(node, Tags.of("redis_pool", this.pool.name(), "redis_node", node.toString()));
	}

	private void remove(Node node) {
		List<? extends Meter> removed = this.meters.remove(node);
		if (removed != null) {
			removed.forEach(this.registry::remove);
			this.left.accept(node);
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		List.copyOf(this.meters.keySet()).forEach(this::remove);
	}

	/**
	 * Registers the meters of a node.
	 */
	@FunctionalInterface
	interface Factory {

		/**
		 * Register the meters.
		 * @param node the node
		 * @param tags what distinguishes them from those of other nodes
		 * @return the meters
		 */
		List<? extends Meter> register(Node node, Tags tags);

	}

}
