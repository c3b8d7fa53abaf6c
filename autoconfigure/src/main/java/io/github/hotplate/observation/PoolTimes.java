package io.github.hotplate.observation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.pool.PoolListener;
import io.github.hotplate.topology.Node;

/**
 * Times how long callers wait for connections to each node, open them and use them. Nodes
 * that are not in the topology are not timed. Thread-safe.
 */
final class PoolTimes implements PoolListener {

	private final Map<HostAndPort, NodeTimes> nodes = new ConcurrentHashMap<>();

	/**
	 * Register the timers of a node.
	 * @param node the node
	 * @param tags its tags
	 * @param registry where to register them
	 * @return the timers
	 */
	List<Timer> register(Node node, Tags tags, MeterRegistry registry) {
		NodeTimes times = new NodeTimes(timer(RedisMeter.POOL_WAIT, tags, registry),
				timer(RedisMeter.POOL_CONNECT, tags, registry), timer(RedisMeter.POOL_USE, tags, registry));
		this.nodes.put(node.address(), times);
		return List.of(times.waits, times.connects, times.uses);
	}

	private static Timer timer(RedisMeter meter, Tags tags, MeterRegistry registry) {
		return Timer.builder(meter.meterName()).description(meter.description()).tags(tags).register(registry);
	}

	void forget(Node node) {
		this.nodes.remove(node.address());
	}

	@Override
	public void borrowed(HostAndPort node, long waitNanos, long readyNanos) {
		NodeTimes times = this.nodes.get(node);
		if (times != null) {
			times.waits.record(waitNanos, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void missed(HostAndPort node, long waitNanos) {
		borrowed(node, waitNanos, 0);
	}

	@Override
	public void opened(HostAndPort node, long nanos) {
		NodeTimes times = this.nodes.get(node);
		if (times != null) {
			times.connects.record(nanos, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void returned(HostAndPort node, long nanos) {
		NodeTimes times = this.nodes.get(node);
		if (times != null) {
			times.uses.record(nanos, TimeUnit.NANOSECONDS);
		}
	}

	private record NodeTimes(Timer waits, Timer connects, Timer uses) {

	}

}
