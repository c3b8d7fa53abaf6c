package io.github.hotplate.pool;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.execution.CallInterruptedException;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.execution.ClientClosedException;
import io.github.hotplate.execution.ClientClosing;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.support.MonitoringFailures;

/**
 * The connections to one node, lent within a limit. Thread-safe.
 */
public final class NodePool implements PooledConnection.Owner {

	private static final Logger logger = LoggerFactory.getLogger(NodePool.class);

	/**
	 * Nobody waits for it but those that are let go.
	 */
	private static final int LET_GO_MILLIS = 1_000;

	private static final int TAKE_ATTEMPTS = 50;

	private static final long TAKE_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

	private static final Runnable UNCONDITIONALLY = () -> {
	};

	private final String client;

	private final NodeConnector connector;

	private final ConnectionLimit limit;

	private final Permits permits;

	private final BooleanSupplier evictIdle;

	private final LongSupplier nanoTime;

	private final ClientClosing closing;

	private final NodeMonitor monitor;

	private final IdleConnections idle;

	private final Set<PooledConnection> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger active = new AtomicInteger();

	private final AtomicInteger inspected = new AtomicInteger();

	private volatile boolean fenced;

	private final Inspections inspections;

	private final ExtraConnections extra;

	NodePool(String client, NodeConnector connector, ConnectionLimit limit, BooleanSupplier evictIdle,
			LongSupplier nanoTime) {
		this(client, connector, limit, evictIdle, nanoTime, new ClientClosing(client), new Inspections(),
				new PoolMonitor(new MonitoringFailures()));
	}

	/**
	 * Create a pool without connections.
	 * @param client the name of the client
	 * @param connector connects to the node
	 * @param limit bounds the connections of this node or of all
	 * @param evictIdle closes an idle connection to any node and returns whether there
	 * was one
	 * @param nanoTime tells the time
	 * @param closing how far the client has been closed
	 * @param inspections takes connections aside that are to be inspected
	 * @param monitor watches the connections of the client
	 */
	NodePool(String client, NodeConnector connector, ConnectionLimit limit, BooleanSupplier evictIdle,
			LongSupplier nanoTime, ClientClosing closing, Inspections inspections, PoolMonitor monitor) {
		this.client = client;
		this.connector = connector;
		this.limit = limit;
		this.permits = new Permits(client, limit);
		this.evictIdle = evictIdle;
		this.nanoTime = nanoTime;
		this.closing = closing;
		this.inspections = inspections;
		this.monitor = monitor.node(connector.address());
		this.idle = new IdleConnections(this::discard, nanoTime);
		this.extra = new ExtraConnections(this, connector, this.permits, limit, this::makeRoom);
	}

	@Override
	public ClientClosing closing() {
		return this.closing;
	}

	@Override
	public HostAndPort address() {
		return this.connector.address();
	}

	@Override
	public NodeMonitor monitor() {
		return this.monitor;
	}

	public PoolUsage usage() {
		return new PoolUsage(this.active.get(), this.idle.size() + this.inspected.get());
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
		long waited;
		try {
			waited = await(() -> this.permits.acquire(wait));
		}
		finally {
			CallRecord.lap(CallPart.POOL_WAIT);
		}
		return useOrReleasePermit(condition, waited);
	}

	private long await(Runnable permit) {
		long start = this.nanoTime.getAsLong();
		boolean acquired = false;
		this.monitor.waitBegins();
		try {
			permit.run();
			acquired = true;
		}
		finally {
			this.monitor.waitEnds();
			if (!acquired) {
				this.monitor.missed(this.nanoTime.getAsLong() - start);
			}
		}
		return this.nanoTime.getAsLong() - start;
	}

	/**
	 * Borrow a connection if the limit allows it at once.
	 * @return the connection, or {@code null} if the limit is reached
	 * @throws NodeUnreachableException if a connection was needed and could not be opened
	 */
	public @Nullable PooledConnection tryBorrow() {
		return this.permits.tryAcquire() ? useOrReleasePermit(UNCONDITIONALLY, 0) : null;
	}

	/**
	 * Borrow a connection for what the client needs to work.
	 * @param wait how long to wait for the limit
	 * @return the connection
	 * @throws ConnectionPoolExhaustedException if no connection became free in time
	 * @throws NodeUnreachableException if a connection was needed and could not be opened
	 */
	public PooledConnection borrowForClient(Duration wait) {
		return useOrReleasePermit(UNCONDITIONALLY, await(() -> this.permits.acquireForClient(wait)));
	}

	/**
	 * Borrow a connection for what the client needs to work, if the limit allows it at
	 * once.
	 * @return the connection, or {@code null} if the limit is reached
	 * @throws NodeUnreachableException if a connection was needed and could not be opened
	 */
	public @Nullable PooledConnection tryBorrowForClient() {
		return this.permits.tryAcquireForClient() ? useOrReleasePermit(UNCONDITIONALLY, 0) : null;
	}

	private PooledConnection useOrReleasePermit(Runnable condition, long waited) {
		boolean borrowed = false;
		// Includes those that are being opened, whose callers may have to be released.
		this.active.incrementAndGet();
		try {
			this.closing.checkOpen();
			condition.run();
			PooledConnection connection = this.idle.poll();
			if (connection == null) {
				connection = open();
			}
			if (this.fenced) {
				discard(connection);
				throw fencedOff();
			}
			connection.lend();
			borrowed = true;
			this.monitor.borrowed(waited, connection.readyNanos());
			return connection;
		}
		finally {
			if (!borrowed) {
				this.active.decrementAndGet();
				this.permits.release();
				this.monitor.missed(waited);
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

	/**
	 * Note that a caller keeps its permit for long, unless it would be the last that is
	 * left to what the client needs to work.
	 * @return whether it was noted, and {@link #unhold()} must be called
	 */
	public boolean tryHold() {
		return this.limit.tryHold();
	}

	@Override
	public void hold() {
		this.limit.hold();
	}

	@Override
	public void unhold() {
		this.limit.unhold();
	}

	/**
	 * Check that a caller may go on waiting for something to happen in Redis.
	 * @throws ClientClosedException if the client is closed or about to be
	 * @throws CallInterruptedException if the thread is interrupted
	 */
	public void checkWaits() {
		this.closing.checkWaits();
		if (Thread.currentThread().isInterrupted()) {
			throw new CallInterruptedException("The thread was interrupted while a command of client '" + this.client
					+ "' waited; it did not run");
		}
	}

	/**
	 * Let the client have the permit that the caller has just released, if it is wanted.
	 * @param wait how long to wait for the client to take it
	 */
	public void giveWay(Duration wait) {
		this.limit.giveWay(wait, this.nanoTime);
	}

	/**
	 * Have the connections that are idle now checked before they are used: one that was
	 * among them is lost, and the node may have closed them all.
	 */
	public void doubt() {
		this.idle.doubt();
	}

	/**
	 * Look for idle connections that the node has closed, beginning with those idle for
	 * the longest, until one is open.
	 * @param atRest how long no connection may have been used for the look to be
	 * worthwhile
	 */
	void discardEnded(Duration atRest) {
		// Without a permit, a caller could find neither the connection nor its place.
		if (!this.idle.isAtRest(atRest) || !this.permits.tryAcquire()) {
			return;
		}
		try {
			this.idle.discardEnded();
		}
		finally {
			this.permits.release();
		}
	}

	private PooledConnection open() {
		PooledConnection connection = this.connector.create(this);
		CallRecord.lap(CallPart.SERVER);
		if (!this.limit.reservePlace(this::makeRoom)) {
			this.closing.checkOpen();
		}
		boolean opened = false;
		this.open.add(connection);
		CallRecord.lap(CallPart.POOL_WAIT);
		long start = this.nanoTime.getAsLong();
		try {
			this.connector.connect(connection);
			opened = true;
			long now = this.nanoTime.getAsLong();
			connection.ready(now, now - start);
			this.monitor.opened(now - start);
			return connection;
		}
		finally {
			CallRecord.lap(CallPart.CONNECT);
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
		return this.extra.probe();
	}

	@Override
	public ProbeResult unblock(ServerSideClient blocked) {
		return blocked.isKnown() ? this.extra.unblock(blocked) : ProbeResult.SILENT;
	}

	/**
	 * Ask the server to which new connections lead, which may be another than that of the
	 * open ones, on a separate connection with short time-outs.
	 * @param <T> the type of the answer
	 * @param question asks
	 * @return the answer, or {@code null} if no connection may be opened at once
	 * @throws JedisException if the server does not answer
	 */
	public <T> @Nullable T askOnNewConnection(Function<Connection, T> question) {
		return this.extra.ask(question);
	}

	@Override
	public void release(PooledConnection connection) {
		long now = this.nanoTime.getAsLong();
		if (connection.leaveInspection()) {
			this.inspected.decrementAndGet();
		}
		else {
			this.active.decrementAndGet();
			this.monitor.returned(now - connection.readyAt());
		}
		if (this.inspections.wants(connection)) {
			this.inspected.incrementAndGet();
			this.inspections.add(connection);
			return;
		}
		this.idle.add(connection, now);
		this.permits.release();
	}

	/**
	 * Close the connection that has been idle the longest.
	 * @return whether there was one
	 */
	boolean evictIdle() {
		return this.idle.evict();
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
		this.idle.discardBroken();
	}

	/**
	 * Close the connections of callers that hold one and are not waiting for a reply.
	 */
	void abandonHeld() {
		this.open.stream().filter((connection) -> !connection.isRunning()).forEach(PooledConnection::abandon);
	}

	/**
	 * Wake the callers that wait for the limit. They find that the client is closed.
	 */
	void wakeWaiting() {
		this.limit.close();
	}

	/**
	 * Return how many commands are running.
	 * @return the number of connections in use, without those that are only held
	 */
	int running() {
		return this.active.get() - (int) this.open.stream().filter((connection) -> !connection.isRunning()).count();
	}

	/**
	 * Stop using the open connections: close idle ones now and those in use when they are
	 * returned.
	 */
	public void retire() {
		this.open.forEach(PooledConnection::retire);
		this.idle.discardAll();
	}

	/**
	 * Tell whether callers wait for something to happen in Redis.
	 * @return whether there is a command that may wait for long
	 */
	public boolean isWaitedFor() {
		return this.open.stream().anyMatch(PooledConnection::isBlocked);
	}

	/**
	 * Stop using the open connections, which lead to another server than new ones.
	 * Commands that wait are let go, and go on there.
	 */
	public void leaveServer() {
		boolean permitted = this.permits.tryAcquireForClient();
		try {
			PooledConnection other = permitted ? takeIdle() : null;
			this.open.forEach(PooledConnection::leaveServer);
			// Those opened while the name moved may lead to either server.
			while (other != null) {
				letGo(other);
				other = isWaitedFor() ? this.idle.take() : null;
			}
		}
		finally {
			if (permitted) {
				this.permits.release();
			}
		}
		retire();
	}

	// Only an open connection still leads to the server where commands wait. Who looks
	// after idle ones may have taken it aside for a moment.
	private @Nullable PooledConnection takeIdle() {
		PooledConnection taken = this.idle.take();
		for (int i = 0; taken == null && isWaitedFor() && i < TAKE_ATTEMPTS; i++) {
			LockSupport.parkNanos(TAKE_PAUSE);
			taken = this.idle.take();
		}
		return taken;
	}

	private void letGo(PooledConnection other) {
		try {
			other.setSoTimeout(LET_GO_MILLIS);
			this.open.forEach((connection) -> connection.letGo(other));
		}
		catch (JedisException ex) {
			logger.debug("Client '{}' could not unblock commands on {}", this.client, address(), ex);
		}
		finally {
			discard(other);
		}
	}

	/**
	 * Close the idle connections now and those in use when they are returned.
	 */
	void close() {
		this.idle.close();
	}

	/**
	 * Close the connections, and reject waiting callers.
	 */
	void fence() {
		this.fenced = true;
		close();
	}

}
