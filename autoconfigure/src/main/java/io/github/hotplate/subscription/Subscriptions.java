package io.github.hotplate.subscription;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.execution.ClientClosedException;
import io.github.hotplate.execution.ClientClosing;
import io.github.hotplate.execution.SubscriptionSource;
import io.github.hotplate.routing.NodeConnectionProvider;
import io.github.hotplate.routing.NodeSelector;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.RateLimitedLog;
import io.github.hotplate.topology.Topology;

/**
 * The subscriptions of a client. One thread looks after all of them, and each of their
 * connections has a thread that reads it. Thread-safe.
 */
public final class Subscriptions implements SubscriptionSource, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(Subscriptions.class);

	private static final Duration CHECK_INTERVAL = Duration.ofMillis(200);

	private final RateLimitedLog log = new RateLimitedLog(logger);

	private final SubscriptionRules rules;

	private final NodeSelector selector;

	private final NodeConnectionProvider connections;

	private final Runnable refresh;

	private final ClientClosing closing;

	private final BackgroundThread thread;

	private final LongSupplier nanoTime;

	private final Set<FollowingSubscription> open = ConcurrentHashMap.newKeySet();

	private final LongAdder renewals = new LongAdder();

	private final SubscriptionSource channels;

	private final SubscribingClient shared = new Shared();

	private final AtomicBoolean watching = new AtomicBoolean();

	// Confined to the thread.
	private long refreshedAt;

	/**
	 * Create an instance without subscriptions.
	 * @param config the configuration of the client
	 * @param slots which node has a shard channel
	 * @param selector selects nodes
	 * @param connections lends connections to them
	 * @param topology the topology as it is known at the moment
	 * @param refresh requests a topology refresh
	 * @param closing tells when there may be no more subscriptions
	 * @param nanoTime the clock
	 */
	public Subscriptions(ClientConfig config, KeySlots slots, NodeSelector selector, NodeConnectionProvider connections,
			Supplier<Topology> topology, Runnable refresh, ClientClosing closing, LongSupplier nanoTime) {
		this.rules = SubscriptionRules.of(config);
		this.selector = selector;
		this.connections = connections;
		this.channels = new Source(new ClientScope(selector, slots, topology), ChannelNames.CHANNELS);
		this.refresh = refresh;
		this.closing = closing;
		this.thread = new BackgroundThread(config.name(), "subscriptions");
		this.nanoTime = nanoTime;
		this.refreshedAt = nanoTime.getAsLong();
	}

	@Override
	public Connection open(CommandExecutor commands) {
		return this.channels.open(commands);
	}

	@Override
	public SubscriptionSource onSlot(int slot) {
		return this.channels.onSlot(slot);
	}

	@Override
	public SubscriptionSource onNode(HostAndPort node) {
		return this.channels.onNode(node);
	}

	@Override
	public SubscriptionSource ofShardChannels() {
		return this.channels.ofShardChannels();
	}

	private Connection open(CommandExecutor commands, Scope scope, ChannelNames names) {
		FollowingSubscription subscription = new FollowingSubscription(this.shared, this.rules, scope,
				this.open::remove);
		this.open.add(subscription);
		try {
			this.closing.checkWaits();
		}
		catch (ClientClosedException ex) {
			this.open.remove(subscription);
			throw ex;
		}
		if (this.watching.compareAndSet(false, true)) {
			this.thread.repeat(this::check, CHECK_INTERVAL, CHECK_INTERVAL);
		}
		return new SubscriptionConnection(commands, subscription, names);
	}

	private void check() {
		this.open.forEach(FollowingSubscription::check);
		long now = this.nanoTime.getAsLong();
		// A demoted node goes on answering, and an application that only listens meets no
		// redirection.
		if (!this.open.isEmpty() && now - this.refreshedAt >= this.rules.silence().toNanos()) {
			this.refreshedAt = now;
			this.refresh.run();
		}
	}

	/**
	 * Note that the topology may have changed.
	 */
	public void topologyChanged() {
		if (!this.open.isEmpty()) {
			this.thread.submit(() -> this.open.forEach(FollowingSubscription::follow), Duration.ZERO);
		}
	}

	/**
	 * Leave a server: its name leads to another now.
	 * @param node the server, by its name
	 */
	public void leave(HostAndPort node) {
		this.open.forEach((each) -> each.leave(node));
	}

	/**
	 * Return how the subscriptions are doing.
	 * @return the usage of each, the oldest first, from memory
	 */
	public List<SubscriptionUsage> usages() {
		return this.open.stream()
			.map(FollowingSubscription::usage)
			.sorted(Comparator.comparing(SubscriptionUsage::age).reversed())
			.toList();
	}

	/**
	 * Return how often a node had to be subscribed to again.
	 * @return the number since the client was created
	 */
	public long resubscriptions() {
		return this.renewals.sum();
	}

	/**
	 * End all subscriptions at once, with an exception for those who listen. There may be
	 * others later.
	 */
	public void endAll() {
		this.open.forEach((each) -> each.end(SubscriptionFailures.closed(this.rules.client())));
	}

	/**
	 * End all subscriptions for good.
	 */
	@Override
	public void close() {
		endAll();
		this.thread.close();
	}

	private final class Source implements SubscriptionSource {

		private final Scope scope;

		private final ChannelNames names;

		Source(Scope scope, ChannelNames names) {
			this.scope = scope;
			this.names = names;
		}

		@Override
		public Connection open(CommandExecutor commands) {
			return Subscriptions.this.open(commands, this.scope, this.names);
		}

		@Override
		public SubscriptionSource onSlot(int slot) {
			return new Source(new SlotScope(Subscriptions.this.selector, slot), this.names);
		}

		@Override
		public SubscriptionSource onNode(HostAndPort node) {
			return new Source(new NodeScope(node), this.names);
		}

		@Override
		public SubscriptionSource ofShardChannels() {
			return new Source(this.scope, ChannelNames.SHARD_CHANNELS);
		}

	}

	private final class Shared implements SubscribingClient {

		@Override
		public Leg startLeg(HostAndPort node, Leg.Owner owner) {
			Leg leg = new Leg(Subscriptions.this.rules.client(), node, owner, Subscriptions.this.connections::lend,
					Subscriptions.this.nanoTime);
			leg.start();
			return leg;
		}

		@Override
		public void later(Runnable task, Duration delay) {
			Subscriptions.this.thread.submit(task, delay);
		}

		@Override
		public void requestRefresh() {
			Subscriptions.this.refresh.run();
		}

		@Override
		public long now() {
			return Subscriptions.this.nanoTime.getAsLong();
		}

		@Override
		public void lost(HostAndPort node, RuntimeException cause) {
			Subscriptions.this.log.warn(node, "Client '{}' lost a subscription on {} and subscribes again: {}",
					Subscriptions.this.rules.client(), node, SubscriptionFailures.message(cause));
		}

		@Override
		public void renewed(HostAndPort node) {
			Subscriptions.this.renewals.increment();
			Subscriptions.this.log.info(node,
					"Client '{}' has subscribed again, on {}; messages published in between may be lost",
					Subscriptions.this.rules.client(), node);
		}

		@Override
		public void failing(@Nullable RuntimeException cause) {
			Subscriptions.this.log.warn("", "Client '{}' is not subscribed to every node and keeps trying: {}",
					Subscriptions.this.rules.client(), SubscriptionFailures.message(cause));
		}

	}

}
