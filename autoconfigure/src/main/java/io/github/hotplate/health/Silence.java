package io.github.hotplate.health;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.ProbeResult;
import io.github.hotplate.support.BackgroundThread;

/**
 * Knows for how long no node of a client has answered. Every question is answered at once
 * and starts a check in the background, so that an application without traffic learns of
 * an outage, too. A check ejects no node. Thread-safe.
 */
public final class Silence implements AutoCloseable {

	private static final Duration PAUSE = Duration.ofMillis(500);

	private final ConnectionPools pools;

	private final EjectedNodes ejected;

	private final Supplier<? extends Collection<HostAndPort>> nodes;

	private final BackgroundThread thread;

	private final LongSupplier nanoTime;

	private final AtomicBoolean checking = new AtomicBoolean();

	private volatile @Nullable Long since;

	/**
	 * Create an instance.
	 * @param client the name of the client
	 * @param pools the connections
	 * @param ejected the nodes that are known not to answer
	 * @param nodes the nodes of the topology
	 * @param nanoTime the clock
	 */
	public Silence(String client, ConnectionPools pools, EjectedNodes ejected,
			Supplier<? extends Collection<HostAndPort>> nodes, LongSupplier nanoTime) {
		this.pools = pools;
		this.ejected = ejected;
		this.nodes = nodes;
		this.thread = new BackgroundThread(client, "silence");
		this.nanoTime = nanoTime;
	}

	/**
	 * Return for how long no node has answered, as far as is known.
	 * @return the time, zero if a node answered when last asked
	 */
	public Duration lasting() {
		Long began = this.since;
		Duration known = (began != null) ? Duration.ofNanos(this.nanoTime.getAsLong() - began) : Duration.ZERO;
		Duration ejection = sinceLastEjection();
		if (this.checking.compareAndSet(false, true)) {
			this.thread.repeatUntilDone(this::check, Duration.ZERO, PAUSE);
		}
		return (known.compareTo(ejection) > 0) ? known : ejection;
	}

	private Duration sinceLastEjection() {
		Map<HostAndPort, Ejection> ejections = this.ejected.ejections();
		return ejections.keySet().containsAll(this.nodes.get()) ? ejections.values()
			.stream()
			.map(Ejection::lasting)
			.min(Comparator.naturalOrder())
			.orElse(Duration.ZERO) : Duration.ZERO;
	}

	private boolean check() {
		long start = this.nanoTime.getAsLong();
		Collection<HostAndPort> known = this.nodes.get();
		boolean answered = known.isEmpty() || known.stream().anyMatch(this::answers);
		if (answered) {
			this.since = null;
			this.checking.set(false);
		}
		else if (this.since == null) {
			this.since = start;
		}
		return answered;
	}

	// What cannot be asked is not known to be silent.
	private boolean answers(HostAndPort node) {
		return !this.ejected.contains(node) && this.pools.get(node).probe() != ProbeResult.SILENT;
	}

	@Override
	public void close() {
		this.thread.close();
	}

}
