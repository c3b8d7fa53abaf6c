package io.github.hotplate.routing;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.Recovery;
import io.github.hotplate.support.BackgroundThread;

/**
 * What callers wait for whose commands were refused because the cluster is down: one
 * recovery for each node that said so, shared by all its callers. Thread-safe.
 */
public final class Recoveries implements AutoCloseable {

	private final BackgroundThread thread;

	private final Predicate<HostAndPort> takesCommands;

	private final LongSupplier nanoTime;

	private final Map<HostAndPort, ClusterRecovery> recoveries = new ConcurrentHashMap<>();

	private volatile boolean closed;

	/**
	 * Create an instance without recoveries.
	 * @param thread where nodes are asked
	 * @param takesCommands asks a node whether it takes commands again, or tells that it
	 * is no longer needed
	 * @param nanoTime tells the time
	 */
	public Recoveries(BackgroundThread thread, Predicate<HostAndPort> takesCommands, LongSupplier nanoTime) {
		this.thread = thread;
		this.takesCommands = takesCommands;
		this.nanoTime = nanoTime;
	}

	/**
	 * Return the recovery of a node that said that the cluster is down.
	 * @param node the node
	 * @return the recovery, which ends when the node takes commands or is not needed
	 */
	Recovery of(HostAndPort node) {
		ClusterRecovery recovery = this.recoveries.computeIfAbsent(node, this::create);
		if (this.closed) {
			// The thread that would ask has ended.
			recovery.end();
		}
		return recovery;
	}

	private ClusterRecovery create(HostAndPort node) {
		BooleanSupplier recovered = () -> this.takesCommands.test(node);
		return new ClusterRecovery(this.thread, recovered, this.nanoTime);
	}

	/**
	 * Release the callers that wait for nodes which are not in use.
	 * @param nodes the nodes in use
	 */
	void retain(Collection<HostAndPort> nodes) {
		this.recoveries.keySet().stream().filter((node) -> !nodes.contains(node)).forEach(this::end);
	}

	private void end(HostAndPort node) {
		ClusterRecovery recovery = this.recoveries.remove(node);
		if (recovery != null) {
			recovery.end();
		}
	}

	/**
	 * Release all callers, those to come included.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.recoveries.values().forEach(ClusterRecovery::end);
	}

}
