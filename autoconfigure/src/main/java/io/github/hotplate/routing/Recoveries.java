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
 * Lets callers wait until a cluster that is down recovers: one recovery for each node
 * that refused commands, shared by its callers. Thread-safe.
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
	 * @param takesCommands tells whether a node accepts commands again or is no longer
	 * needed
	 * @param nanoTime tells the time
	 */
	public Recoveries(BackgroundThread thread, Predicate<HostAndPort> takesCommands, LongSupplier nanoTime) {
		this.thread = thread;
		this.takesCommands = takesCommands;
		this.nanoTime = nanoTime;
	}

	/**
	 * Return the recovery of a node that reported that the cluster is down.
	 * @param node the node
	 * @return the recovery, which ends when the node accepts commands or is no longer
	 * needed
	 */
	Recovery of(HostAndPort node) {
		ClusterRecovery recovery = this.recoveries.computeIfAbsent(node, this::create);
		if (this.closed) {
			// The polling thread has ended.
			recovery.end();
		}
		return recovery;
	}

	private ClusterRecovery create(HostAndPort node) {
		BooleanSupplier recovered = () -> this.takesCommands.test(node);
		return new ClusterRecovery(this.thread, recovered, this.nanoTime);
	}

	/**
	 * Release the callers that wait for nodes that are not in use.
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
	 * Release all callers, including later ones.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.recoveries.values().forEach(ClusterRecovery::end);
	}

}
