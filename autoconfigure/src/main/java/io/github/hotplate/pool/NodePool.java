package io.github.hotplate.pool;

import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.NodeUnreachableException;

/**
 * The connections to one node. Thread-safe. The connection used last is used next, so
 * that surplus connections become idle and can make room for another node.
 */
public final class NodePool implements PooledConnection.Owner {

	/**
	 * A connection that was idle for longer is checked before use, because firewalls and
	 * Redis' {@code timeout} silently drop idle connections.
	 */
	private static final long CHECK_AFTER_IDLE = TimeUnit.SECONDS.toNanos(30);

	private static final Runnable UNCONDITIONALLY = () -> {
	};

	private final String client;

	private final NodeConnector connector;

	private final ConnectionLimit limit;

	private final BooleanSupplier evictIdle;

	private final LongSupplier nanoTime;

	private final Deque<PooledConnection> idle = new ConcurrentLinkedDeque<>();

	private final Set<PooledConnection> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger active = new AtomicInteger();

	private volatile boolean closed;

	private volatile boolean fenced;

	/**
	 * Create a pool without connections.
	 * @param client the name of the client
	 * @param connector connects to the node
	 * @param limit bounds the connections of this node or of all
	 * @param evictIdle closes an idle connection to any node and returns whether there
	 * was one
	 * @param nanoTime tells the time
	 */
	NodePool(String client, NodeConnector connector, ConnectionLimit limit, BooleanSupplier evictIdle,
			LongSupplier nanoTime) {
		this.client = client;
		this.connector = connector;
		this.limit = limit;
		this.evictIdle = evictIdle;
		this.nanoTime = nanoTime;
	}

	@Override
	public HostAndPort address() {
		return this.connector.address();
	}

	public PoolUsage usage() {
		return new PoolUsage(this.active.get(), this.idle.size());
	}

	/**
	 * Return how many callers wait for the limit, for this node or another.
	 * @return the number of callers
	 */
	int waiting() {
		return this.limit.waiting();
	}

	public PooledConnection borrow(Duration wait) {
		return borrow(wait, UNCONDITIONALLY);
	}

	/**
	 * Borrow a connection, to be closed by the caller.
	 * @param wait how long to wait for the limit
	 * @param condition runs after the wait and throws if the connection is no longer
	 * wanted
	 * @return the connection
	 * @throws ConnectionPoolExhaustedException if no connection became free in time
	 * @throws NodeUnreachableException if a connection was needed and could not be opened
	 */
	public PooledConnection borrow(Duration wait, Runnable condition) {
		PooledConnection connection = tryBorrow(wait, condition);
		if (connection == null) {
			throw new ConnectionPoolExhaustedException("No connection of client '" + this.client
					+ "' became free within " + wait.toMillis() + " ms: " + this.limit + ". Raise " + this.client
					+ ".max_connections or " + this.client + ".timeout, or look for slow commands");
		}
		return connection;
	}

	/**
	 * Borrow a connection if the limit allows it at once.
	 * @return the connection, or {@code null} if the limit is reached
	 * @throws NodeUnreachableException if a connection was needed and could not be opened
	 */
	public @Nullable PooledConnection tryBorrow() {
		return tryBorrow(Duration.ZERO, UNCONDITIONALLY);
	}

	private @Nullable PooledConnection tryBorrow(Duration wait, Runnable condition) {
		if (!acquirePermit(wait)) {
			return null;
		}
		boolean borrowed = false;
		try {
			condition.run();
			PooledConnection connection = pollIdle();
			if (connection == null) {
				connection = open();
			}
			if (this.fenced) {
				discard(connection);
				throw fencedOff();
			}
			this.active.incrementAndGet();
			connection.lend();
			borrowed = true;
			return connection;
		}
		finally {
			if (!borrowed) {
				this.limit.release();
			}
		}
	}

	@Override
	public void checkFence() {
		if (this.fenced) {
			throw fencedOff();
		}
	}

	private NodeUnreachableException fencedOff() {
		return new NodeUnreachableException(
				"Client '" + this.client + "': " + address() + " is no longer the primary; nothing was sent", null);
	}

	private boolean acquirePermit(Duration wait) {
		try {
			return this.limit.acquire(wait);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ConnectionPoolExhaustedException(
					"Interrupted while waiting for a connection of client '" + this.client + "'");
		}
	}

	private @Nullable PooledConnection pollIdle() {
		PooledConnection connection;
		while ((connection = this.idle.pollFirst()) != null) {
			if (isUsable(connection)) {
				return connection;
			}
			discard(connection);
		}
		return null;
	}

	private boolean isUsable(PooledConnection connection) {
		if (connection.isBroken()) {
			return false;
		}
		if (this.nanoTime.getAsLong() - connection.idleSince() < CHECK_AFTER_IDLE) {
			return true;
		}
		try {
			return connection.ping();
		}
		catch (RuntimeException ex) {
			// For instance, Jedis cannot cast replies in subscribed mode.
			return false;
		}
	}

	private PooledConnection open() {
		PooledConnection connection = this.connector.create(this);
		this.limit.reservePlace(this::makeRoom);
		boolean opened = false;
		try {
			this.connector.connect(connection);
			this.open.add(connection);
			opened = true;
			return connection;
		}
		finally {
			if (!opened) {
				discard(connection);
			}
		}
	}

	/**
	 * Probe whether the node answers, if a connection may be opened at once.
	 * @return the result
	 */
	public ProbeResult probe() {
		if (!acquirePermit(Duration.ZERO)) {
			return ProbeResult.NOT_ASKED;
		}
		boolean reserved = false;
		try {
			this.limit.reservePlace(this::makeRoom);
			reserved = true;
			return this.connector.probe(this);
		}
		finally {
			if (reserved) {
				this.limit.releasePlace();
			}
			this.limit.release();
		}
	}

	/**
	 * Ask the server to which new connections lead, which may be another than that of the
	 * open ones, on a separate connection with short time-outs.
	 * @param <T> the type of the answer
	 * @param question asks
	 * @return the answer, or {@code null} if no connection may be opened at once
	 * @throws JedisException if the server does not answer
	 */
	public <T> @Nullable T askAnew(Function<Connection, T> question) {
		if (!acquirePermit(Duration.ZERO)) {
			return null;
		}
		boolean reserved = false;
		try {
			this.limit.reservePlace(this::makeRoom);
			reserved = true;
			return this.connector.ask(this, question);
		}
		finally {
			if (reserved) {
				this.limit.releasePlace();
			}
			this.limit.release();
		}
	}

	@Override
	public void release(PooledConnection connection) {
		this.active.decrementAndGet();
		if (connection.isBroken() || this.closed) {
			discard(connection);
		}
		else {
			connection.idleSince(this.nanoTime.getAsLong());
			this.idle.addFirst(connection);
			if (this.closed) {
				closeIdle();
			}
		}
		this.limit.release();
	}

	/**
	 * Close the connection that has been idle the longest.
	 * @return whether there was one
	 */
	boolean evictIdle() {
		PooledConnection connection = this.idle.pollLast();
		if (connection == null) {
			return false;
		}
		discard(connection);
		return true;
	}

	// A connection may have been returned to this pool since it was found empty.
	private boolean makeRoom() {
		return this.evictIdle.getAsBoolean() || evictIdle();
	}

	private void discard(PooledConnection connection) {
		this.open.remove(connection);
		connection.closeSocket();
		this.limit.releasePlace();
	}

	/**
	 * Close the sockets of all connections, including those in use: reads and writes fail
	 * at once.
	 */
	public void abandon() {
		this.open.forEach(PooledConnection::abandon);
	}

	/**
	 * Stop using the open connections: close idle ones now and those in use when they are
	 * returned.
	 */
	public void retire() {
		this.open.forEach(PooledConnection::retire);
		closeIdle();
	}

	/**
	 * Close the idle connections now and those in use when they are returned.
	 */
	void close() {
		this.closed = true;
		closeIdle();
	}

	/**
	 * Close the connections, and reject waiting callers.
	 */
	void fence() {
		this.fenced = true;
		close();
	}

	private void closeIdle() {
		while (evictIdle()) {
			// Loop until none is left.
		}
	}

}
