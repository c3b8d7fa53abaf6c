package io.github.hotplate.sentinel;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.support.Listeners;
import io.github.hotplate.support.MonitoringFailures;

/**
 * What a client knows from its Sentinels: it asks them where the primary is, and hears
 * from them when that may have changed. Thread-safe. Every question is asked on a
 * connection of its own. From {@link #start(Runnable)} to {@link #close()} one daemon
 * thread listens to each Sentinel, named {@code hotplate-client-sentinel-host:port}, and
 * while a Sentinel promotes a replica one more, {@code hotplate-client-promotion}, asks
 * that replica whether it is the primary by now.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://redis.io/docs/latest/develop/reference/sentinel-clients/">Guidelines for Redis
 * clients with support for Redis Sentinel</a>
 */
public final class SentinelMonitor implements AutoCloseable {

	private final ClientConfig client;

	private final MonitoringFailures failures;

	private final JedisClientConfig config;

	private final SentinelDirectory directory;

	private final SentinelDiscovery discovery;

	private final PromotionWatch watch;

	private boolean closed;

	private volatile @Nullable SentinelSubscriptions subscriptions;

	private volatile Runnable listener = () -> {
	};

	/**
	 * Create a monitor, which connects to nothing yet.
	 * @param client the client, in sentinel mode
	 * @param dataNodes how the client connects to data nodes; trust and the mapping of
	 * addresses hold for Sentinels too, credentials do not
	 * @param failures counts failures of the listener
	 */
	public SentinelMonitor(ClientConfig client, JedisClientConfig dataNodes, MonitoringFailures failures) {
		this.client = client;
		this.failures = failures;
		this.config = SentinelConfig.forSentinels(client.sentinel(), dataNodes);
		this.directory = new SentinelDirectory(client.url().seeds());
		JedisClientConfig roles = SentinelConfig.forRoles(dataNodes);
		this.watch = new PromotionWatch(client.name(), roles, this::promoted, System::nanoTime);
		this.discovery = new SentinelDiscovery(client, this.directory, this.config, roles, this.watch);
	}

	/**
	 * Ask for the topology now, on the caller's thread. Takes some milliseconds where all
	 * is well; each server that does not answer costs half a second at most.
	 * @return the topology, whose primary has confirmed that it is one
	 * @throws SentinelDiscoveryException if the Sentinels lead to no primary
	 */
	public SentinelTopology read() {
		try {
			return this.discovery.read();
		}
		finally {
			SentinelSubscriptions current = this.subscriptions;
			if (current != null) {
				current.subscribeTo(this.directory.inOrder());
			}
		}
	}

	/**
	 * Return the Sentinels that are known, configured or learned.
	 * @return their addresses, in the order in which they are asked
	 */
	public List<HostAndPort> sentinels() {
		return this.directory.inOrder();
	}

	/**
	 * Begin to listen. At most once.
	 * @param listener is told on one of the monitor's threads, as soon as a Sentinel
	 * publishes something that may change the topology, when a replica has been promoted,
	 * after each subscription and every few seconds without news; it is to
	 * {@link #read()} soon, and must be quick itself
	 */
	public synchronized void start(Runnable listener) {
		if (this.subscriptions != null) {
			throw new IllegalStateException("Client '" + this.client.name() + "' already listens to its Sentinels");
		}
		if (!this.closed) {
			this.listener = listener;
			SentinelSubscriptions started = new SentinelSubscriptions(this::subscription);
			started.subscribeTo(this.directory.inOrder());
			this.subscriptions = started;
		}
	}

	private SentinelSubscription subscription(HostAndPort sentinel) {
		return new SentinelSubscription(sentinel, this.client.name(),
				Objects.requireNonNull(this.client.url().sentinelMaster()), this.directory, this.config, this::heard);
	}

	private void heard(boolean decision) {
		if (decision) {
			this.discovery.interrupt();
		}
		tell();
	}

	private void tell() {
		Listeners.tellEach(List.of(this.listener), this.failures, Runnable::run);
	}

	private void promoted(SentinelView view) {
		this.discovery.promoted(view);
		this.discovery.interrupt();
		tell();
	}

	/**
	 * Stop listening. The listener may be told a last time while this returns.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.watch.close();
		SentinelSubscriptions current = this.subscriptions;
		if (current != null) {
			current.close();
		}
	}

}
