package io.github.hotplate.sentinel;

import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.support.MonitoringFailures;

/**
 * Asks the Sentinels of a client for the primary, and listens for changes. Thread-safe.
 * Every question uses a connection of its own. From {@link #start(Runnable)} to
 * {@link #close()} one daemon thread listens to each Sentinel, named
 * {@code hotplate-client-sentinel-host:port}. While a Sentinel promotes a replica,
 * another thread, {@code hotplate-client-promotion}, asks that replica whether it is the
 * primary yet.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://redis.io/docs/latest/develop/reference/sentinel-clients/">Guidelines for Redis
 * clients with support for Redis Sentinel</a>
 */
public final class SentinelMonitor implements AutoCloseable {

	private final ClientConfig client;

	private final JedisClientConfig config;

	private final MonitoringFailures failures;

	private final SentinelDirectory directory;

	private final SentinelDiscovery discovery;

	private final PromotionWatch watch;

	private boolean closed;

	private volatile @Nullable SentinelSubscriptions subscriptions;

	private volatile Runnable listener = () -> {
	};

	/**
	 * Create a monitor, which connects to nothing yet.
	 * @param client the configuration of a client in sentinel mode
	 * @param dataNodes the configuration of connections to data nodes; Sentinels share
	 * its address mapping and trusted certificates, but not its credentials
	 * @param failures counts the failures of listeners
	 */
	public SentinelMonitor(ClientConfig client, JedisClientConfig dataNodes, MonitoringFailures failures) {
		this.client = client;
		this.failures = failures;
		this.config = SentinelConfig.forSentinels(client.sentinel(), dataNodes);
		this.directory = new SentinelDirectory(client.url().seeds());
		JedisClientConfig roles = SentinelConfig.forRoles(dataNodes);
		this.watch = new PromotionWatch(client.name(), roles, this::promoted, failures, System::nanoTime);
		this.discovery = new SentinelDiscovery(client, this.directory, this.config, roles, this.watch);
	}

	/**
	 * Ask for the topology now, on the caller's thread. Normally takes a few
	 * milliseconds; each server that does not answer costs up to half a second.
	 * @return the topology, whose primary has confirmed its role
	 * @throws SentinelDiscoveryException if no Sentinel leads to a primary
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
	 * Return the known Sentinels, configured and learned ones.
	 * @return their addresses, in the order in which they are asked
	 */
	public List<HostAndPort> sentinels() {
		return this.directory.inOrder();
	}

	/**
	 * Start to listen. May be called once.
	 * @param listener is called on one of the monitor's threads when a Sentinel publishes
	 * an event that may change the topology, when a replica has been promoted, after each
	 * subscription and after every few seconds of silence; it should return quickly and
	 * have the topology {@link #read()} soon
	 */
	public synchronized void start(Runnable listener) {
		if (this.subscriptions != null) {
			throw new IllegalStateException(
					"The Sentinels of client '" + this.client.name() + "' already have a listener");
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
				Objects.requireNonNull(this.client.url().sentinelMaster()), this.directory, this.config, new News(),
				this.failures);
	}

	private void promoted(SentinelView view) {
		this.discovery.promoted(view);
		this.discovery.interrupt();
		this.listener.run();
	}

	/**
	 * Stop listening. The listener may be called one last time while this returns.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.watch.close();
		this.discovery.close();
		SentinelSubscriptions current = this.subscriptions;
		if (current != null) {
			current.close();
		}
	}

	private final class News implements SentinelSubscription.Listener {

		@Override
		public void subscribed(long epoch) {
			SentinelMonitor.this.discovery.noteEpoch(epoch);
		}

		@Override
		public void heard(boolean decision) {
			if (decision) {
				SentinelMonitor.this.discovery.interrupt();
			}
			SentinelMonitor.this.listener.run();
		}

	}

}
