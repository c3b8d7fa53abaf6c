package io.github.hotplate.observation;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.topology.RefreshReason;

/**
 * The meters of a client's topology: what makes the client learn it again, and which part
 * of a cluster cannot be written. Read straight from the pool; removed when closed.
 *
 * @since 0.1.0
 */
public final class TopologyMetrics implements AutoCloseable {

	private static final String POOL = "redis_pool";

	private final MeterRegistry registry;

	private final List<Meter> meters = new ArrayList<>();

	/**
	 * Register the meters of a client.
	 * @param pool the pool of the client
	 * @param registry where to register them
	 */
	public TopologyMetrics(ClusterPool pool, MeterRegistry registry) {
		this.registry = registry;
		for (RefreshReason reason : RefreshReason.values()) {
			this.meters.add(FunctionCounter
				.builder(RedisMeter.TOPOLOGY_REFRESHES.meterName(), pool, (source) -> source.topologyRefreshes(reason))
				.description(RedisMeter.TOPOLOGY_REFRESHES.description())
				.tags("reason", reason.label(), POOL, pool.name())
				.register(registry));
		}
		if (pool.mode() == ClientMode.CLUSTER) {
			this.meters.add(Gauge.builder(RedisMeter.SLOTS_UNCOVERED.meterName(), pool, ClusterPool::uncoveredSlots)
				.description(RedisMeter.SLOTS_UNCOVERED.description())
				.tags(POOL, pool.name())
				.register(registry));
		}
	}

	@Override
	public void close() {
		this.meters.forEach(this.registry::remove);
	}

}
