package io.github.hotplate.subscription;

import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.routing.NodeSelector;
import io.github.hotplate.topology.Topology;

/**
 * All nodes of a client.
 */
final class ClientScope implements Scope {

	private final NodeSelector selector;

	private final KeySlots slots;

	private final Supplier<Topology> topology;

	/**
	 * Create a scope.
	 * @param selector selects nodes
	 * @param slots where shard channels belong
	 * @param topology the topology as it is known at the moment
	 */
	ClientScope(NodeSelector selector, KeySlots slots, Supplier<Topology> topology) {
		this.selector = selector;
		this.slots = slots;
		this.topology = topology;
	}

	@Override
	public HostAndPort home(@Nullable HostAndPort current) {
		return (current != null && primaries().contains(current)) ? current : this.selector.anyPrimary();
	}

	@Override
	public List<HostAndPort> primaries() {
		return this.topology.get().primaries();
	}

	@Override
	public HostAndPort owner(byte[] channel) {
		return this.selector.primaryOf(this.slots.slot(channel));
	}

}
