package io.github.hotplate.topology;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.health.EjectedNodes;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.support.BackgroundThreads;

/**
 * Asks nodes for their view of the cluster, side by side, and each node once at a time.
 * Borrows connections from the pools, within their limit, and waits for one only briefly,
 * since retrying with another node is faster. Thread-safe.
 */
final class NodeQuestions implements AutoCloseable {

	/**
	 * Each silent node may hold a thread for its time-outs.
	 */
	static final int THREADS = 8;

	private static final Duration MAX_WAIT = Duration.ofMillis(100);

	private final ConnectionPools pools;

	private final EjectedNodes ejected;

	private final BackgroundThreads threads;

	private final Set<HostAndPort> asked = ConcurrentHashMap.newKeySet();

	private final Set<HostAndPort> silent = ConcurrentHashMap.newKeySet();

	private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();

	private volatile Known known = new Known(Topology.EMPTY, 0);

	private volatile boolean exhausted;

	private volatile boolean closed;

	NodeQuestions(String client, ConnectionPools pools, EjectedNodes ejected) {
		this.pools = pools;
		this.ejected = ejected;
		this.threads = new BackgroundThreads(client, "question", THREADS);
	}

	/**
	 * Begin a round. Late answers to questions of earlier rounds are dropped.
	 * @param candidates the nodes that may be asked
	 * @param known the topology known so far
	 * @param knownEpoch the epoch of the view that it is from
	 */
	void begin(Collection<HostAndPort> candidates, Topology known, long knownEpoch) {
		this.known = new Known(known, knownEpoch);
		this.answers.clear();
		this.exhausted = false;
		this.silent.retainAll(candidates);
	}

	/**
	 * Ask a node, unless a question to it is still open.
	 * @param node the node
	 */
	void ask(HostAndPort node) {
		if (this.asked.add(node)) {
			this.threads.submit(() -> answer(node));
		}
	}

	private void answer(HostAndPort node) {
		Answer answer = new Answer(node, null, new ClusterDownException(node + " was not asked", null));
		try {
			answer = new Answer(node, view(node), null);
			this.silent.remove(node);
		}
		catch (RuntimeException ex) {
			answer = new Answer(node, null, ex);
		}
		finally {
			// In this order, so that a question is never left without an answer.
			this.asked.remove(node);
			this.answers.add(answer);
		}
	}

	private ClusterView view(HostAndPort node) {
		try (PooledConnection connection = this.pools.get(node).borrowForClient(maxWait())) {
			ClusterView view = ClusterView.of(connection, this.known.topology(), this.known.epoch());
			if (view.topology().coveredSlots() == 0) {
				throw new ClusterDownException(node + " does not know a node that serves slots", null);
			}
			return view;
		}
		catch (NodeUnreachableException ex) {
			this.silent.add(node);
			this.ejected.failed(node, ex);
			throw ex;
		}
		catch (ConnectionPoolExhaustedException ex) {
			// The other nodes probably share the limit.
			this.exhausted = true;
			throw ex;
		}
	}

	private Duration maxWait() {
		if (this.exhausted) {
			return Duration.ZERO;
		}
		return (this.pools.maxWait().compareTo(MAX_WAIT) < 0) ? this.pools.maxWait() : MAX_WAIT;
	}

	/**
	 * Wait for the next answer.
	 * @param nanos how long
	 * @return the answer, or {@code null} if there was none in time
	 * @throws InterruptedException if interrupted while waiting
	 */
	@Nullable Answer next(long nanos) throws InterruptedException {
		if (this.closed) {
			throw new ClusterDownException("The client is closed", null);
		}
		return this.answers.poll(nanos, TimeUnit.NANOSECONDS);
	}

	/**
	 * Note that a node has let others answer first by far.
	 * @param node the node
	 */
	void noteSilent(HostAndPort node) {
		this.silent.add(node);
	}

	/**
	 * Tell whether a node was silent when it was asked last.
	 * @param node the node
	 * @return whether to ask others first
	 */
	boolean isSilent(HostAndPort node) {
		return this.silent.contains(node);
	}

	@Override
	public void close() {
		this.closed = true;
		this.threads.close();
	}

	/**
	 * The answer of a node.
	 *
	 * @param node the node
	 * @param view its view, or {@code null} if it failed to answer
	 * @param failure its failure, or {@code null} if it answered
	 */
	record Answer(HostAndPort node, @Nullable ClusterView view, @Nullable RuntimeException failure) {

	}

	private record Known(Topology topology, long epoch) {

	}

}
