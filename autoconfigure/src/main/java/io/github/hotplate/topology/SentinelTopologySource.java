package io.github.hotplate.topology;

import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.sentinel.SentinelMonitor;
import io.github.hotplate.sentinel.SentinelTopology;

/**
 * Learns from Sentinels which node is the primary and which replicas it has.
 */
public final class SentinelTopologySource implements TopologySource {

	private final SentinelMonitor monitor;

	public SentinelTopologySource(SentinelMonitor monitor) {
		this.monitor = monitor;
	}

	@Override
	public KeySlots keySlots() {
		return KeySlots.SINGLE;
	}

	@Override
	public Topology read(Topology known) {
		SentinelTopology topology = this.monitor.read();
		return Topology.of(node(topology.primary()),
				topology.replicas().stream().map(SentinelTopologySource::node).toList());
	}

	private static Node node(HostAndPort address) {
		return new Node("", address.getHost(), address.getPort());
	}

	@Override
	public void subscribe(Runnable refresh) {
		this.monitor.start(refresh);
	}

	@Override
	public void close() {
		this.monitor.close();
	}

}
