package io.github.hotplate.subscription;

import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.routing.NodeSelector;

/**
 * The primary that serves one slot.
 */
final class SlotScope implements Scope {

	private final NodeSelector selector;

	private final int slot;

	SlotScope(NodeSelector selector, int slot) {
		this.selector = selector;
		this.slot = slot;
	}

	@Override
	public HostAndPort home(@Nullable HostAndPort current) {
		return this.selector.primaryOf(this.slot);
	}

	@Override
	public List<HostAndPort> primaries() {
		return List.of(home(null));
	}

	@Override
	public HostAndPort owner(byte[] channel) {
		return home(null);
	}

}
