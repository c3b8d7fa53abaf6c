package io.github.hotplate.observation;

import java.util.List;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import io.github.hotplate.sharding.PenaltyBox;

/**
 * The gauges of a client's penalty box, one for each node. Read straight from the box;
 * removed when closed.
 *
 * @since 0.1.0
 */
public final class PenaltyBoxMetrics implements AutoCloseable {

	private final MeterRegistry registry;

	private final List<Meter> meters;

	/**
	 * Register the gauges of a box.
	 * @param client the name of the client
	 * @param box the box
	 * @param registry where to register them
	 */
	public PenaltyBoxMetrics(String client, PenaltyBox box, MeterRegistry registry) {
		this.registry = registry;
		this.meters = IntStream.range(0, box.active().nodes().size())
			.mapToObj((node) -> register(client, box, node))
			.toList();
	}

	private Meter register(String client, PenaltyBox box, int node) {
		return Gauge
			.builder(RedisMeter.PENALTY_BOX.meterName(), box, (source) -> source.active().isActive(node) ? 0 : 1)
			.description(RedisMeter.PENALTY_BOX.description())
			.tags("redis_pool", client, "redis_node", box.active().nodes().get(node).toString())
			.register(this.registry);
	}

	@Override
	public void close() {
		this.meters.forEach(this.registry::remove);
	}

}
