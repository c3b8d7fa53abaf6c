package io.github.hotplate.pool;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import redis.clients.jedis.HostAndPort;

import io.github.hotplate.support.MonitoringFailures;

/**
 * What happens to the connections of a client: counts of each node and in total, and
 * those who listen. Thread-safe.
 */
final class PoolMonitor {

	private final ConnectionCounter total = new ConnectionCounter();

	private final Map<HostAndPort, NodeMonitor> nodes = new ConcurrentHashMap<>();

	private final PoolListeners listeners;

	PoolMonitor(MonitoringFailures failures) {
		this.listeners = new PoolListeners(failures);
	}

	PoolListeners listeners() {
		return this.listeners;
	}

	/**
	 * Return what watches the connections to a node. Its counts go on when the pool of
	 * the node is replaced, and start from zero when the node leaves and comes back.
	 * @param address the node
	 * @return its part of the monitor
	 */
	NodeMonitor node(HostAndPort address) {
		return this.nodes.computeIfAbsent(address, (key) -> new NodeMonitor(key, this.total, this.listeners));
	}

	/**
	 * Forget the nodes that left.
	 * @param addresses the nodes that stay
	 */
	void retain(Collection<HostAndPort> addresses) {
		this.nodes.keySet().retainAll(addresses);
	}

	ConnectionCounts counts(HostAndPort address) {
		NodeMonitor node = this.nodes.get(address);
		return (node != null) ? node.counts() : ConnectionCounts.NONE;
	}

	ConnectionCounts counts() {
		return this.total.counts();
	}

}
