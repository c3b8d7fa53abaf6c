package io.github.hotplate.pool;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.config.ClientConfig.PoolLimits;

/**
 * The pools of all nodes of a client. They share one limit, or each has its own if the
 * limit counts per node.
 */
public final class ConnectionPools {

	private final String client;

	private final PoolLimits limits;

	private final Duration wait;

	private final JedisClientConfig config;

	private final boolean readOnly;

	private final ConnectionLimit total;

	private final Map<HostAndPort, NodePool> pools = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * Create the pools.
	 * @param client the name of the client
	 * @param limits the limit and what it counts
	 * @param wait how long a caller waits for a connection
	 * @param config how connections are made
	 * @param readOnly whether connections to replicas must serve reads
	 */
	public ConnectionPools(String client, PoolLimits limits, Duration wait, JedisClientConfig config,
			boolean readOnly) {
		this.client = client;
		this.limits = limits;
		this.wait = wait;
		this.config = config;
		this.readOnly = readOnly;
		this.total = new ConnectionLimit(limits.maxConnections());
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

	private IllegalStateException closed() {
		return new IllegalStateException("Client '" + this.client + "' is closed");
	}

	public @Nullable NodePool find(HostAndPort address) {
		return this.pools.get(address);
	}

	private NodePool create(HostAndPort address) {
		NodeConnector connector = new NodeConnector(this.client, address, this.config, this.readOnly);
		if (this.limits.perNode()) {
			ConnectionLimit own = new ConnectionLimit(this.limits.maxConnections());
			return new NodePool(this.client, connector, own, () -> false, System::nanoTime);
		}
		return new NodePool(this.client, connector, this.total, this::evictIdle, System::nanoTime);
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

	public int waiting() {
		return this.limits.perNode() ? this.pools.values().stream().mapToInt(NodePool::waiting).sum()
				: this.total.waiting();
	}

	public PoolUsage usage() {
		return this.pools.values().stream().map(NodePool::usage).reduce(new PoolUsage(0, 0), PoolUsage::plus);
	}

	public void close() {
		this.closed = true;
		retain(Set.of());
	}

}
