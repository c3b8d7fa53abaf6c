package io.github.hotplate.pool;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.config.ClientConfig.PoolLimits;
import io.github.hotplate.execution.ClientClosedException;
import io.github.hotplate.execution.ClientClosing;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.MonitoringFailures;

/**
 * The pools of all nodes of a client. They share one limit, or each has its own if the
 * limit counts per node.
 */
public final class ConnectionPools {

	/**
	 * Shorter than a server takes to start again, and no load worth naming.
	 */
	private static final Duration LOOK_INTERVAL = Duration.ofMillis(250);

	private static final long LOOK_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

	private final String client;

	private final PoolLimits limits;

	private final Duration wait;

	private final JedisClientConfig config;

	private final boolean readOnly;

	private final ConnectionLimit total;

	private final Map<HostAndPort, NodePool> pools = new ConcurrentHashMap<>();

	private final ClientClosing closing;

	private final Inspections inspections = new Inspections();

	private final PoolMonitor monitor;

	private volatile boolean closed;

	/**
	 * Create the pools.
	 * @param client the name of the client
	 * @param limits the limit and what it counts
	 * @param wait how long a caller waits for a connection
	 * @param config how connections are made
	 * @param readOnly whether connections to replicas must serve reads
	 * @param failures counts the failures of listeners
	 */
	public ConnectionPools(String client, PoolLimits limits, Duration wait, JedisClientConfig config, boolean readOnly,
			MonitoringFailures failures) {
		this.client = client;
		this.limits = limits;
		this.wait = wait;
		this.config = config;
		this.readOnly = readOnly;
		this.total = new ConnectionLimit(limits.maxConnections());
		this.closing = new ClientClosing(client);
		this.monitor = new PoolMonitor(failures);
	}

	public NodePool get(HostAndPort address) {
		NodePool pool = this.pools.get(address);
		if (pool != null) {
			return pool;
		}
		if (this.closed) {
			throw closed();
		}
		pool = this.pools.computeIfAbsent(address, this::create);
		if (this.closed) {
			// It may have been created after the others were closed.
			remove(address);
			throw closed();
		}
		return pool;
	}

	private ClientClosedException closed() {
		return new ClientClosedException("Client '" + this.client + "' is closed; nothing was sent");
	}

	public Inspections inspections() {
		return this.inspections;
	}

	/**
	 * Return how far the client has been closed.
	 * @return the state that all parts of the client share
	 */
	public ClientClosing closing() {
		return this.closing;
	}

	public @Nullable NodePool find(HostAndPort address) {
		return this.pools.get(address);
	}

	private NodePool create(HostAndPort address) {
		NodeConnector connector = new NodeConnector(this.client, address, this.config, this.readOnly);
		if (this.limits.perNode()) {
			ConnectionLimit own = new ConnectionLimit(this.limits.maxConnections());
			return new NodePool(this.client, connector, own, () -> false, System::nanoTime, this.closing,
					this.inspections, this.monitor);
		}
		return new NodePool(this.client, connector, this.total, this::evictIdle, System::nanoTime, this.closing,
				this.inspections, this.monitor);
	}

	private boolean evictIdle() {
		NodePool fullest = null;
		int most = 0;
		for (NodePool pool : this.pools.values()) {
			int idle = pool.usage().idle();
			if (idle > most) {
				fullest = pool;
				most = idle;
			}
		}
		return (fullest != null && fullest.evictIdle()) || evictIdleExcept(fullest);
	}

	// The counts may be stale when they are compared.
	private boolean evictIdleExcept(@Nullable NodePool tried) {
		for (NodePool pool : this.pools.values()) {
			if (pool != tried && pool.evictIdle()) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return how long a caller waits for a connection.
	 * @return the configured wait
	 */
	public Duration maxWait() {
		return this.wait;
	}

	/**
	 * Close the pools of nodes that left the cluster.
	 * @param addresses the nodes in the cluster
	 */
	public void retain(Collection<HostAndPort> addresses) {
		Set<HostAndPort> left = this.pools.keySet()
			.stream()
			.filter((address) -> !addresses.contains(address))
			.collect(Collectors.toSet());
		left.forEach(this::remove);
		this.monitor.retain(addresses);
	}

	/**
	 * Close the pools of nodes that no longer take writes. Reads from them get new pools.
	 * @param addresses the nodes
	 */
	public void fence(Collection<HostAndPort> addresses) {
		addresses.stream().map(this.pools::remove).filter(Objects::nonNull).forEach(NodePool::fence);
	}

	private void remove(HostAndPort address) {
		NodePool pool = this.pools.remove(address);
		if (pool != null) {
			pool.close();
		}
	}

	public PoolUsage usage(HostAndPort address) {
		NodePool pool = this.pools.get(address);
		return (pool != null) ? pool.usage() : new PoolUsage(0, 0);
	}

	/**
	 * Return how many connections to a node have been opened and closed.
	 * @param address the node
	 * @return the counts since the node is in use
	 */
	public ConnectionCounts counts(HostAndPort address) {
		NodePool pool = this.pools.get(address);
		return (pool != null) ? pool.monitor().counts() : this.monitor.counts(address);
	}

	/**
	 * Return how many connections to any node have been opened and closed.
	 * @return the counts since the client was created, nodes that left included
	 */
	public ConnectionCounts counts() {
		return this.monitor.counts();
	}

	/**
	 * Return how many callers wait for a connection to a node.
	 * @param address the node
	 * @return the number of callers
	 */
	public int waiting(HostAndPort address) {
		NodePool pool = this.pools.get(address);
		return (pool != null) ? pool.monitor().waiting() : 0;
	}

	/**
	 * Have a listener told how connections are used.
	 * @param listener the listener
	 */
	public void addListener(PoolListener listener) {
		this.monitor.listeners().add(listener);
	}

	public void removeListener(PoolListener listener) {
		this.monitor.listeners().remove(listener);
	}

	public int waiting() {
		return this.limits.perNode() ? this.pools.values().stream().mapToInt(NodePool::waiting).sum()
				: this.total.waiting();
	}

	public PoolUsage usage() {
		return this.pools.values().stream().map(NodePool::usage).reduce(new PoolUsage(0, 0), PoolUsage::plus);
	}

	/**
	 * Look for idle connections that their node has closed, so that callers meet fewer of
	 * them.
	 * @param thread where to look
	 */
	public void watchIdle(BackgroundThread thread) {
		thread.repeat(() -> this.pools.values().forEach((pool) -> pool.discardEnded(LOOK_INTERVAL)), LOOK_INTERVAL,
				LOOK_INTERVAL);
	}

	/**
	 * Close all connections: idle ones and those of callers that only hold one at once,
	 * and others when they are returned, but not later than after a while. Those that
	 * wait for a connection are released.
	 * @param patience how long to wait for running commands
	 */
	public void close(Duration patience) {
		this.closing.close();
		this.closed = true;
		List<NodePool> left = List.copyOf(this.pools.values());
		left.forEach(NodePool::wakeWaiting);
		left.forEach(NodePool::abandonHeld);
		retain(Set.of());
		LongSupplier nanoTime = System::nanoTime;
		long start = nanoTime.getAsLong();
		while (left.stream().anyMatch((pool) -> pool.running() > 0) && nanoTime.getAsLong() - start < patience.toNanos()
				&& !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(LOOK_PAUSE);
		}
		left.forEach(NodePool::abandon);
	}

	/**
	 * Close all connections without waiting for running commands.
	 */
	public void close() {
		close(Duration.ZERO);
	}

}
