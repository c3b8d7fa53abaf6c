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

import io.github.hotplate.execution.ClientClosedException;
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
 * Once a second, the servers behind open connections are asked for their identity: over
 * idle connections at once, over those in use when they are returned. If it is a replica,
 * or another server than before, or if a command was refused as replicas do, a new
 * connection is opened to see where the name leads now. Once in a while that is done in
 * any case, since a name may also move away from a primary.
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
		this.thread.repeat(() -> unlessClosed(this::beginRound), INTERVAL, INTERVAL);
	}

	/**
	 * Note that a primary refused a command as a replica does.
	 * @param server the server
	 */
	public void suspect(HostAndPort server) {
		if (this.suspected.add(server)) {
			this.thread.submit(() -> unlessClosed(() -> lookInto(server)), Duration.ZERO);
		}
	}

	private static void unlessClosed(Runnable task) {
		try {
			task.run();
		}
		catch (ClientClosedException ex) {
			// The thread is about to end.
		}
	}

	private void lookInto(HostAndPort server) {
		// One that does not tell its role may still be the wrong one.
		Duration pause = INTERVAL;
		try {
			this.pools.inspections().end();
			NodePool pool = this.pools.find(server);
			ServerIdentity current = (pool != null) ? askOnNewConnection(pool) : null;
			if (pool != null && current != null && current.role() != ServerIdentity.Role.REPLICA) {
				leave(pool, current);
			}
			pause = (current != null && current.role() == ServerIdentity.Role.UNKNOWN) ? INTERVAL : SUSPECT_INTERVAL;
		}
		finally {
			this.thread.submit(() -> this.suspected.remove(server), pause);
		}
	}

	private void beginRound() {
		this.pools.inspections().end();
		this.rounds++;
		Set<HostAndPort> servers = Set.copyOf(this.topology.get().primaries());
		this.sightings.keySet().retainAll(servers);
		for (HostAndPort server : servers) {
			if (!this.ejected.test(server)) {
				NodePool pool = this.pools.get(server);
				ServerIdentity open = askOpen(pool);
				if (open != null) {
					judge(pool, open);
				}
			}
		}
		this.pools.inspections().begin(this::inspectSoon);
	}

	private void inspectSoon() {
		this.thread.submit(() -> unlessClosed(this::inspect), Duration.ZERO);
	}

	private void inspect() {
		PooledConnection connection = this.pools.inspections().next();
		if (connection == null) {
			return;
		}
		HostAndPort server = connection.address();
		ServerIdentity open;
		try (connection) {
			open = this.topology.get().primaries().contains(server) ? ask(connection) : null;
		}
		catch (JedisException ex) {
			// Others would wait for this server, too.
			this.pools.inspections().end();
			return;
		}
		NodePool pool = this.pools.find(server);
		if (open != null && pool != null) {
			judge(pool, open);
		}
	}

	/**
	 * Decide whether the open connections lead to the wrong server.
	 * @param pool the connections
	 * @param open who answered on one of them
	 */
	private void judge(NodePool pool, ServerIdentity open) {
		long now = this.nanoTime.getAsLong();
		Sighting last = this.sightings.get(pool.address());
		if (last != null && !isStrange(open, last, now)) {
			return;
		}
		// It may take long until a name is resolved.
		this.pools.inspections().end();
		ServerIdentity current = askOnNewConnection(pool);
		if (current == null) {
			return;
		}
		boolean demoted = open.role() == ServerIdentity.Role.REPLICA && current.isPrimary();
		// Where callers wait, no connection may be open that leads to their server.
		boolean left = last != null && last.identity().isOther(current) && pool.isWaitedFor();
		// Names may lead to several servers, in turn.
		boolean moved = (open.isOther(current) || left)
				&& (last == null || now - last.leftAt() >= this.period.toNanos());
		if (demoted || moved) {
			leave(pool, current);
		}
		else {
			this.sightings.put(pool.address(),
					new Sighting(current, now, (last != null) ? last.leftAt() : now - this.period.toNanos()));
		}
	}

	private boolean isStrange(ServerIdentity open, Sighting last, long now) {
		if (now - last.at() < SUSPECT_INTERVAL.toNanos()) {
			return false;
		}
		boolean replica = open.role() == ServerIdentity.Role.REPLICA && this.rounds % ROUNDS_OF_REPLICA == 0;
		return replica || open.isOther(last.identity()) || last.identity().isDemotedIn(open)
				|| now - last.at() >= this.period.toNanos();
	}

	private void leave(NodePool pool, ServerIdentity current) {
		this.log.info(pool.address(),
				"Client '{}' closes its connections to {}, which leads to another server than before", this.client,
				pool.address());
		pool.leaveServer();
		this.listener.accept(pool.address());
		long now = this.nanoTime.getAsLong();
		this.sightings.put(pool.address(), new Sighting(current, now, now));
	}

	private static @Nullable ServerIdentity askOpen(NodePool pool) {
		try (PooledConnection connection = pool.tryBorrowForClient()) {
			return (connection != null) ? ask(connection) : null;
		}
		catch (JedisException | NodeUnreachableException ex) {
			return null;
		}
	}

	private static ServerIdentity ask(PooledConnection connection) {
		int timeout = connection.getSoTimeout();
		connection.setSoTimeout(Math.min(timeout, TIMEOUT_MILLIS));
		ServerIdentity identity = ServerIdentity.of(connection);
		connection.setSoTimeout(timeout);
		return identity;
	}

	private static @Nullable ServerIdentity askOnNewConnection(NodePool pool) {
		try {
			return pool.askOnNewConnection(ServerIdentity::of);
		}
		catch (JedisException | NodeUnreachableException ex) {
			return null;
		}
	}

	@Override
	public void close() {
		this.thread.close();
		this.pools.inspections().close();
	}

	/**
	 * What is known of a server.
	 *
	 * @param identity to whom a new connection led
	 * @param at when that was
	 * @param leftAt when connections to another server were last closed
	 */
	private record Sighting(ServerIdentity identity, long at, long leftAt) {

	}

}
