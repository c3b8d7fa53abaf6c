package io.github.hotplate.observation;

import java.util.List;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.config.ClientMode;
import io.github.hotplate.support.MonitoringFailures;

/**
 * The gauges that show which nodes of a client are ejected:
 * {@link RedisMeter#PENALTY_BOX} of a sharded client, whose other nodes take over the
 * keys, and {@link RedisMeter#NODE_SUSPECT} of any other. Read straight from the pool;
 * removed when closed.
 *
 * @since 0.1.0
 */
public final class NodeMetrics implements AutoCloseable {

	private final NodeMeters gauges;

	/**
	 * Register the gauges of a client.
	 * @param pool the pool of the client
	 * @param registry where to register them
	 * @param failures counts rejections by the registry
	 */
	public NodeMetrics(ClusterPool pool, MeterRegistry registry, MonitoringFailures failures) {
		RedisMeter meter = (pool.mode() == ClientMode.SHARDED) ? RedisMeter.PENALTY_BOX : RedisMeter.NODE_SUSPECT;
		this.gauges = new NodeMeters(pool, registry, failures, (node,
				tags) -> List.of(Gauge.builder(meter.meterName(), pool, (source) -> source.isEjected(node) ? 1 : 0)
					.description(meter.description())
					.tags(tags)
					.register(registry)),
				(node) -> {
				});
		this.gauges.bind();
	}

	@Override
	public void close() {
		this.gauges.close();
	}

}
