package io.github.hotplate.subscription;

import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * One node, whatever becomes of it.
 */
final class NodeScope implements Scope {

	private final HostAndPort node;

	NodeScope(HostAndPort node) {
		this.node = node;
	}

	@Override
	public HostAndPort home(@Nullable HostAndPort current) {
		return this.node;
	}

	@Override
	public List<HostAndPort> primaries() {
		return List.of(this.node);
	}

	@Override
	public HostAndPort owner(byte[] channel) {
		return this.node;
	}

	@Override
	public boolean isOneNodeOnly() {
		return true;
	}

}
