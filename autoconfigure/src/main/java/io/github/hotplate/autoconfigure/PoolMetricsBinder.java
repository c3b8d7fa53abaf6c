package io.github.hotplate.autoconfigure;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

import io.github.hotplate.cluster.ClusterPool;
import io.github.hotplate.observation.PoolMetrics;

/**
 * Registers the gauges of all pools of an application, and removes them with it.
 */
final class PoolMetricsBinder implements SmartInitializingSingleton, DisposableBean {

	private final ObjectProvider<ClusterPool> pools;

	private final MeterRegistry registry;

	private List<PoolMetrics> metrics = List.of();

	PoolMetricsBinder(ObjectProvider<ClusterPool> pools, MeterRegistry registry) {
		this.pools = pools;
		this.registry = registry;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.metrics = this.pools.stream().map((pool) -> new PoolMetrics(pool, this.registry)).toList();
	}

	@Override
	public void destroy() {
		this.metrics.forEach(PoolMetrics::close);
	}

}
