package io.github.hotplate.routing;

import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.CallDeadline;
import io.github.hotplate.execution.CallInterruptedException;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.NoReplyException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.health.EjectedNodes;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.NodePool;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.topology.RefreshReason;
import io.github.hotplate.topology.Topology;

/**
 * Lends connections to the nodes that are not ejected, and takes note of nodes that fail.
 * Thread-safe.
 */
public final class NodeConnectionProvider {

	private final String client;

	private final ConnectionPools pools;

	private final EjectedNodes ejected;

	private final ReplicaWatch replicas;

	private final Consumer<RefreshReason> refresh;

	private final Consumer<HostAndPort> wrong;

	private final Supplier<Topology> topology;

	private final boolean membersOnly;

	private final LongAdder exhaustedWaits = new LongAdder();

	/**
	 * Create a provider.
	 * @param client the name of the client
	 * @param pools the connections
	 * @param ejected the nodes to skip
	 * @param replicas tracks replicas that refuse to serve
	 * @param refresh requests a topology refresh
	 * @param wrong is told which nodes are not what the topology says
	 * @param topology the topology of the moment
	 * @param membersOnly whether to refuse nodes outside of the topology. Without a
	 * cluster, a primary that was demoted while it was disconnected still accepts writes,
	 * which will be lost. A cluster node rejects foreign keys and may redirect to a node
	 * that is not known yet
	 */
	public NodeConnectionProvider(String client, ConnectionPools pools, EjectedNodes ejected, ReplicaWatch replicas,
			Consumer<RefreshReason> refresh, Consumer<HostAndPort> wrong, Supplier<Topology> topology,
			boolean membersOnly) {
		this.client = client;
		this.pools = pools;
		this.ejected = ejected;
		this.replicas = replicas;
		this.refresh = refresh;
		this.wrong = wrong;
		this.topology = topology;
		this.membersOnly = membersOnly;
	}

	/**
	 * Borrow a connection. If the limit is reached, the wait ends after the client's
	 * {@code timeout} or at the deadline of the call, whichever comes first.
	 * @param node the node
	 * @return a connection that the caller closes
	 */
	PooledConnection borrow(HostAndPort node) {
		CallRecord.usesNode(node);
		NodePool pool = reachable(node);
		PooledConnection connection = pool.tryBorrow();
		if (connection == null) {
			connection = waitFor(pool, node);
		}
		CallRecord.connectedTo(connection.peer());
		return connection;
	}

	/**
	 * Borrow a connection for a caller that keeps it, and does not report nodes that
	 * cannot be reached.
	 * @param node the node
	 * @return a connection that the caller closes
	 */
	public PooledConnection lend(HostAndPort node) {
		this.pools.closing().checkWaits();
		return hold(node);
	}

	private PooledConnection hold(HostAndPort node) {
		try {
			PooledConnection connection = borrow(node);
			connection.hold();
			return connection;
		}
		catch (NodeUnreachableException ex) {
			noteFailure(node, ex);
			throw ex;
		}
	}

	// A node may fail while its callers wait. If each of them had to detect that alone,
	// they would keep permits from callers of other nodes.
	private PooledConnection waitFor(NodePool pool, HostAndPort node) {
		CallRecord.lap(CallPart.SERVER);
		try {
			return pool.borrow(CallDeadline.limit(this.pools.maxWait()), () -> checkHealth(node));
		}
		catch (ConnectionPoolExhaustedException ex) {
			this.exhaustedWaits.increment();
			throw ex;
		}
	}

	public long exhaustedWaits() {
		return this.exhaustedWaits.sum();
	}

	/**
	 * Borrow a connection without waiting.
	 * @param node the node
	 * @return a connection that the caller closes, or {@code null} if the limit is
	 * reached
	 */
	@Nullable PooledConnection tryBorrow(HostAndPort node) {
		CallRecord.usesNode(node);
		PooledConnection connection = reachable(node).tryBorrow();
		if (connection != null) {
			CallRecord.connectedTo(connection.peer());
		}
		return connection;
	}

	/**
	 * Borrow a connection without waiting, for what the client needs to work.
	 * @param node the node
	 * @return a connection that the caller closes, or {@code null} if the limit is
	 * reached
	 */
	@Nullable PooledConnection tryBorrowForClient(HostAndPort node) {
		return reachable(node).tryBorrowForClient();
	}

	/**
	 * Return the pool of a node, which knows how many connections are kept for long.
	 * @param node the node
	 * @return its pool
	 */
	NodePool poolOf(HostAndPort node) {
		return this.pools.get(node);
	}

	private void checkHealth(HostAndPort node) {
		this.ejected.awaitVerdict(node);
		if (this.ejected.contains(node)) {
			throw this.ejected.refusal(node);
		}
	}

	private NodePool reachable(HostAndPort node) {
		checkHealth(node);
		// Get the pool before checking the topology: a later demotion fences the pool.
		NodePool pool = this.pools.get(node);
		if (this.membersOnly && !this.topology.get().contains(node)) {
			throw new NodeUnreachableException("Client '" + this.client + "' no longer uses " + node, null);
		}
		return pool;
	}

	/**
	 * Note that a node could not be reached or lost a connection.
	 * @param node the node
	 * @param failure what happened
	 */
	void noteFailure(HostAndPort node, RuntimeException failure) {
		if (isOwnDoing(failure)) {
			return;
		}
		this.ejected.failed(node, failure);
		this.refresh.accept(RefreshReason.UNREACHABLE);
	}

	// An interrupt closes the socket that a virtual thread uses. That, or the end of the
	// client, says nothing about the node.
	private boolean isOwnDoing(RuntimeException failure) {
		return this.pools.closing().isClosed() || failure instanceof CallInterruptedException
				|| (Thread.currentThread().isInterrupted() && !(failure instanceof NodeUnreachableException)
						&& !(failure.getCause() instanceof SocketTimeoutException));
	}

	/**
	 * Tell whether a failure is the time-out of a node that answers a probe. It may still
	 * be running the command, which therefore is sent once more at most.
	 * @param node the node
	 * @param failure the failure, which has been noted
	 * @return whether the node is merely slow
	 */
	boolean isSlow(HostAndPort node, RuntimeException failure) {
		return failure instanceof NoReplyException && !this.ejected.contains(node);
	}

	/**
	 * Note that a node has answered, even with an error.
	 * @param node the node
	 */
	void noteAnswer(HostAndPort node) {
		this.ejected.answered(node);
	}

	/**
	 * Note that a node refused to serve because it is loading its data or has lost its
	 * primary or its cluster.
	 * @param node the node
	 * @param reason which of these
	 */
	void noteStale(HostAndPort node, RefreshReason reason) {
		this.replicas.noteStale(node);
		this.refresh.accept(reason);
		// Only a replica can have lost its primary.
		if (this.topology.get().primaries().contains(node)) {
			this.wrong.accept(node);
		}
	}

	/**
	 * Note that a node gives or takes a slot at the moment.
	 * @param node the node
	 */
	void noteMove(HostAndPort node) {
		this.replicas.noteMove(node);
	}

	/**
	 * Tell whether a node gives or takes slots at the moment.
	 * @param node the node
	 * @return whether it may refuse commands with several keys, as far as is known
	 */
	boolean isMoving(HostAndPort node) {
		return this.replicas.isMoving(node);
	}

	/**
	 * Note that a node is not what the topology says.
	 * @param node the node
	 * @param reason how that showed
	 */
	void noteWrong(HostAndPort node, RefreshReason reason) {
		this.refresh.accept(reason);
		this.wrong.accept(node);
	}

}
