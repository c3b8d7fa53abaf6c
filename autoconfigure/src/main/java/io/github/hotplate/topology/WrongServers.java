package io.github.hotplate.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.NodePool;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.RateLimitedLog;

/**
 * Finds out that a name, or a proxy, leads to another server than the open connections,
 * and has those closed. Nobody announces that to clients that know servers by name only:
 * the old server may be alive, and a former primary goes on answering reads. Owns one
 * thread. Thread-safe.
 * <p>
 * Once a second, each server is asked over an open connection who it is. When a primary
 * has become a replica, or refuses writes as a replica does, a new connection is opened
 * to see where the name leads now; if it still leads to a replica, that is repeated. Once
 * in a while it is done in any case, since a name may also move away from a primary.
 */
public final class WrongServers implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WrongServers.class);

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	/**
	 * Pause between two looks while commands are refused.
	 */
	private static final Duration SUSPECT_INTERVAL = Duration.ofMillis(250);

	/**
	 * A replica may be what is wanted, or a primary that was demoted before this client
	 * began: whether its name leads to a primary now is looked at in every second round.
	 */
	private static final int ROUNDS_OF_REPLICA = 2;

	/**
	 * Ample for a live server, so that no connection is given up for a short delay.
	 */
	private static final int TIMEOUT_MILLIS = 500;

	private final RateLimitedLog log = new RateLimitedLog(logger);

	private final String client;

	private final ConnectionPools pools;

	private final Predicate<HostAndPort> ejected;

	private final Supplier<Topology> topology;

	private final BackgroundThread thread;

	private final Duration period;

	private final LongSupplier nanoTime;

	private final Set<HostAndPort> suspected = ConcurrentHashMap.newKeySet();

	private volatile Consumer<HostAndPort> listener = (server) -> {
	};

	// Confined to the thread.
	private final Map<HostAndPort, Sighting> sightings = new HashMap<>();

	// Confined to the thread.
	private long rounds;

	/**
	 * Create an instance that has asked no server yet.
	 * @param client the name of the client
	 * @param pools the connections
	 * @param ejected the servers to skip
	 * @param topology the topology of the moment
	 * @param period how often to look where names lead without any sign of change
	 * @param thread where servers are asked, closed with this instance
	 * @param nanoTime tells the time
	 */
	public WrongServers(String client, ConnectionPools pools, Predicate<HostAndPort> ejected,
			Supplier<Topology> topology, Duration period, BackgroundThread thread, LongSupplier nanoTime) {
		this.client = client;
		this.pools = pools;
		this.ejected = ejected;
		this.topology = topology;
		this.period = period;
		this.thread = thread;
		this.nanoTime = nanoTime;
	}

	/**
	 * Set the listener for servers whose connections are closed.
	 * @param listener is called on the thread, after the pooled connections were retired
	 */
	public void onLeave(Consumer<HostAndPort> listener) {
		this.listener = listener;
	}

	public void start() {
		this.thread.repeat(this::checkAll, INTERVAL, INTERVAL);
	}

	/**
	 * Note that a primary refused a command as a replica does.
	 * @param server the server
	 */
	public void suspect(HostAndPort server) {
		if (this.suspected.add(server)) {
			this.thread.submit(() -> lookInto(server), Duration.ZERO);
		}
	}

	private void lookInto(HostAndPort server) {
		NodePool pool = this.pools.find(server);
		ServerIdentity current = (pool != null) ? askAnew(pool) : null;
		if (pool != null && current != null && current.role() != ServerIdentity.Role.REPLICA) {
			leave(pool, current);
		}
		// One that does not tell its role may still be the wrong one.
		boolean secret = current != null && current.role() == ServerIdentity.Role.UNKNOWN;
		this.thread.submit(() -> this.suspected.remove(server), secret ? INTERVAL : SUSPECT_INTERVAL);
	}

	private void checkAll() {
		this.rounds++;
		Set<HostAndPort> servers = Set.copyOf(this.topology.get().primaries());
		this.sightings.keySet().retainAll(servers);
		servers.stream().filter((server) -> !this.ejected.test(server)).forEach(this::check);
	}

	private void check(HostAndPort server) {
		NodePool pool = this.pools.get(server);
		ServerIdentity open = askOpen(pool);
		if (open == null) {
			return;
		}
		long now = this.nanoTime.getAsLong();
		Sighting last = this.sightings.computeIfAbsent(server, (key) -> new Sighting(open, now));
		boolean demoted = last.identity().isDemotedIn(open);
		boolean replica = open.role() == ServerIdentity.Role.REPLICA;
		boolean due = now - last.at() >= this.period.toNanos();
		if (!demoted && !due && !(replica && this.rounds % ROUNDS_OF_REPLICA == 0)) {
			return;
		}
		ServerIdentity current = askAnew(pool);
		if (current == null) {
			return;
		}
		boolean other = open.isOther(current) || last.identity().isOther(current);
		if ((replica && current.isPrimary()) || (other && (demoted || due))) {
			leave(pool, current);
		}
		else if (due) {
			this.sightings.put(server, new Sighting(current, now));
		}
	}

	private void leave(NodePool pool, ServerIdentity current) {
		this.log.info(pool.address(),
				"Client '{}' closes its connections to {}, which leads to another server than before", this.client,
				pool.address());
		pool.retire();
		this.listener.accept(pool.address());
		this.sightings.put(pool.address(), new Sighting(current, this.nanoTime.getAsLong()));
	}

	private static @Nullable ServerIdentity askOpen(NodePool pool) {
		try (PooledConnection connection = pool.tryBorrowForClient()) {
			if (connection == null) {
				return null;
			}
			int timeout = connection.getSoTimeout();
			connection.setSoTimeout(Math.min(timeout, TIMEOUT_MILLIS));
			ServerIdentity identity = ServerIdentity.of(connection);
			connection.setSoTimeout(timeout);
			return identity;
		}
		catch (JedisException | NodeUnreachableException ex) {
			return null;
		}
	}

	private static @Nullable ServerIdentity askAnew(NodePool pool) {
		try {
			return pool.askAnew(ServerIdentity::of);
		}
		catch (JedisException | NodeUnreachableException ex) {
			return null;
		}
	}

	@Override
	public void close() {
		this.thread.close();
	}

	/**
	 * What is known of a server.
	 *
	 * @param identity who it was
	 * @param at when a new connection last led to it
	 */
	private record Sighting(ServerIdentity identity, long at) {

	}

}
