package io.github.hotplate.observation;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.pool.ConnectionCounts;
import io.github.hotplate.pool.PoolListener;
import io.github.hotplate.pool.PoolUsage;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.TestTopology;
import io.github.hotplate.topology.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link PoolMetrics} and {@link OpenTelemetryPoolMetrics}.
 */
class PoolMetricsTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ClusterPool pool = mock();

	private final Node first = TestTopology.shard(1).primary();

	private final Node second = TestTopology.shard(2).primary();

	@BeforeEach
	void describePool() {
		given(this.pool.name()).willReturn("foo");
		given(this.pool.totalUsage()).willReturn(new PoolUsage(0, 0));
		given(this.pool.usage(any())).willReturn(new PoolUsage(0, 0));
		given(this.pool.connectionCounts(this.first)).willReturn(new ConnectionCounts(7, 3));
	}

	@Test
	void nodesAreCountedAndTimed() {
		new PoolMetrics(this.pool, this.registry, new MonitoringFailures());
		topology().accept(topology(this.first, this.second));
		PoolListener listener = listener();
		listener.borrowed(this.first.address(), 1_000, 5_000);
		listener.missed(this.first.address(), 2_000);
		listener.opened(this.first.address(), 5_000);
		listener.returned(this.first.address(), 4_000);
		assertThat(sum("redis.client.pool.wait", this.first)).isEqualTo(3_000);
		assertThat(sum("redis.client.pool.connect", this.first)).isEqualTo(5_000);
		assertThat(sum("redis.client.pool.use", this.first)).isEqualTo(4_000);
		assertThat(sum("redis.client.pool.use", this.second)).isZero();
		assertThat(this.registry.get("redis.client.pool.connections.opened")
			.tag("redis_node", this.first.toString())
			.functionCounter()
			.count()).isEqualTo(7);
		assertThat(this.registry.get("redis.client.pool.connections.closed")
			.tag("redis_node", this.first.toString())
			.functionCounter()
			.count()).isEqualTo(3);
	}

	@Test
	void metersOfNodeThatLeavesAreRemoved() {
		new PoolMetrics(this.pool, this.registry, new MonitoringFailures());
		Consumer<Topology> topology = topology();
		topology.accept(topology(this.first, this.second));
		topology.accept(topology(this.second));
		listener().returned(this.first.address(), 4_000);
		assertThat(this.registry.find("redis.client.pool.use").timers())
			.extracting((timer) -> timer.getId().getTag("redis_node"))
			.containsExactly(this.second.toString());
		topology.accept(topology(this.first));
		assertThat(sum("redis.client.pool.use", this.first)).isZero();
	}

	@Test
	void nothingIsLeftOfClosedClient() {
		PoolMetrics metrics = new PoolMetrics(this.pool, this.registry, new MonitoringFailures());
		topology().accept(topology(this.first, this.second));
		OpenTelemetryPoolMetrics others = new OpenTelemetryPoolMetrics(this.pool, this.registry);
		metrics.close();
		others.close();
		assertThat(this.registry.getMeters()).isEmpty();
		then(this.pool).should().removePoolListener(others);
		then(this.pool).should().removePoolListener(any(PoolTimes.class));
	}

	@Test
	void waitOfOpenTelemetryEndsWithConnection() {
		OpenTelemetryPoolMetrics metrics = new OpenTelemetryPoolMetrics(this.pool, this.registry);
		metrics.borrowed(this.first.address(), 1_000, 5_000);
		metrics.missed(this.first.address(), 2_000);
		assertThat(this.registry.get("db.client.connection.wait_time").timer().count()).isOne();
		assertThat(this.registry.get("db.client.connection.wait_time").timer().totalTime(TimeUnit.NANOSECONDS))
			.isEqualTo(6_000);
	}

	private double sum(String timer, Node node) {
		return this.registry.get(timer).tag("redis_node", node.toString()).timer().totalTime(TimeUnit.NANOSECONDS);
	}

	private static Topology topology(Node... nodes) {
		Topology topology = mock();
		given(topology.nodes()).willReturn(Set.of(nodes));
		return topology;
	}

	@SuppressWarnings("unchecked")
	private Consumer<Topology> topology() {
		ArgumentCaptor<Consumer<Topology>> listener = ArgumentCaptor.forClass(Consumer.class);
		then(this.pool).should().onTopologyChange(listener.capture());
		return listener.getValue();
	}

	private PoolListener listener() {
		ArgumentCaptor<PoolListener> listener = ArgumentCaptor.forClass(PoolListener.class);
		then(this.pool).should().addPoolListener(listener.capture());
		return listener.getValue();
	}

}
