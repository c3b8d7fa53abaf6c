package io.github.hotplate.sentinel;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import redis.clients.jedis.HostAndPort;

/**
 * One subscription to each known Sentinel: only the Sentinel in charge of a failover
 * publishes each of its steps, the others just its result. Thread-safe.
 */
final class SentinelSubscriptions implements AutoCloseable {

	private final Function<HostAndPort, SentinelSubscription> factory;

	private final Map<HostAndPort, SentinelSubscription> subscriptions = new HashMap<>();

	private boolean closed;

	/**
	 * Create an instance without subscriptions.
	 * @param factory creates the subscription to a Sentinel
	 */
	SentinelSubscriptions(Function<HostAndPort, SentinelSubscription> factory) {
		this.factory = factory;
	}

	/**
	 * Subscribe to these Sentinels only, and end all other subscriptions.
	 * @param sentinels the Sentinels
	 */
	synchronized void subscribeTo(Collection<HostAndPort> sentinels) {
		if (this.closed) {
			return;
		}
		this.subscriptions.entrySet().removeIf((each) -> {
			boolean gone = !sentinels.contains(each.getKey());
			if (gone) {
				each.getValue().close();
			}
			return gone;
		});
		sentinels.forEach((sentinel) -> this.subscriptions.computeIfAbsent(sentinel, this::start));
	}

	private SentinelSubscription start(HostAndPort sentinel) {
		SentinelSubscription subscription = this.factory.apply(sentinel);
		subscription.start();
		return subscription;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		this.subscriptions.values().forEach(SentinelSubscription::close);
	}

}
