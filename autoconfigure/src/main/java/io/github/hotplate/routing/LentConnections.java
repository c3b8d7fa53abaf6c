package io.github.hotplate.routing;

import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.execution.ConnectionSource;
import io.github.hotplate.execution.SubscriptionSource;

/**
 * Lends connections of the pool to callers that keep them for a while. Thread-safe.
 */
public final class LentConnections implements ConnectionSource {

	private final KeySlots slots;

	private final NodeSelector selector;

	private final NodeConnectionProvider connections;

	private final SubscriptionSource subscriptions;

	public LentConnections(KeySlots slots, NodeSelector selector, NodeConnectionProvider connections,
			SubscriptionSource subscriptions) {
		this.slots = slots;
		this.selector = selector;
		this.connections = connections;
		this.subscriptions = subscriptions;
	}

	@Override
	public KeySlots keySlots() {
		return this.slots;
	}

	@Override
	public boolean knows(HostAndPort node) {
		return this.selector.knows(node);
	}

	@Override
	public Connection borrow() {
		return borrow(this.selector.anyPrimary());
	}

	@Override
	public Connection borrow(int slot) {
		return borrow(this.selector.primaryOf(slot));
	}

	@Override
	public Connection borrow(HostAndPort node) {
		return this.connections.lend(node);
	}

	@Override
	public SubscriptionSource subscriptions() {
		return this.subscriptions;
	}

}
