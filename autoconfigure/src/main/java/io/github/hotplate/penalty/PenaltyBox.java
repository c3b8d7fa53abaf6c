package io.github.hotplate.penalty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.support.Listeners;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.Randoms;
import io.github.hotplate.support.RateLimitedLog;

/**
 * Ejects nodes that have failed. A node that could not be reached, or did not answer in
 * time, stays in the box until a probe finds it alive; the time between two probes grows,
 * and is reset when the node returns. Failures of calls that were already in flight do
 * not lengthen the penalty.
 * <p>
 * Callers read an immutable snapshot and take a lock only to note a failure of a node
 * that is in use. Probes, log lines and listeners share one thread of the box, so that a
 * node's {@link PenaltyTransition#PENALIZED} is announced before the node is probed.
 * Thread-safe.
 *
 * @since 0.1.0
 * @see <a href="https://github.com/Parsely/redis-fluster">fluster's PenaltyBox</a>
 * @see <a href=
 * "https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/upstream/outlier">
 * Envoy's outlier detection, for the threshold and the share</a>
 */
public final class PenaltyBox implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(PenaltyBox.class);

	/**
	 * Keeps clients that saw a node fail together from probing it together.
	 */
	private static final double JITTER = 0.1;

	/**
	 * Enough to spread probes, which are short, no matter how long the wait is.
	 */
	private static final Duration MAX_JITTER = Duration.ofMillis(500);

	private static final Duration ASK_AGAIN = Duration.ofMillis(50);

	private final String client;

	private final PenaltyBoxOptions options;

	private final int maxEjected;

	private final NodeProber prober;

	private final Consumer<PenaltyEvent> listener;

	private final MonitoringFailures failures;

	private final ProbeScheduler scheduler;

	private final LongSupplier nanoTime;

	private final DoubleSupplier random;

	private final RateLimitedLog log;

	// Confined to the box's thread.
	private final Set<HostAndPort> announced = new HashSet<>();

	private final List<Seat> seats;

	// Changed under the lock, like the seats.
	private volatile ActiveShards active;

	private boolean closed;

	/**
	 * Create an empty box.
	 * @param client the name of the client
	 * @param nodes all nodes; the box names them by their index in this list
	 * @param options when a node is ejected, and for how long
	 * @param prober finds out whether a node can be used again
	 * @param listener called for every transition, on the box's thread
	 * @param failures counts failures of the listener
	 */
	public PenaltyBox(String client, List<HostAndPort> nodes, PenaltyBoxOptions options, NodeProber prober,
			Consumer<PenaltyEvent> listener, MonitoringFailures failures) {
		this(client, nodes, options, prober, listener, failures, ProbeScheduler.onThreadOf(client), System::nanoTime,
				Randoms::fraction);
	}

	PenaltyBox(String client, List<HostAndPort> nodes, PenaltyBoxOptions options, NodeProber prober,
			Consumer<PenaltyEvent> listener, MonitoringFailures failures, ProbeScheduler scheduler,
			LongSupplier nanoTime, DoubleSupplier random) {
		this.client = client;
		this.options = options;
		this.prober = prober;
		this.listener = listener;
		this.failures = failures;
		this.scheduler = scheduler;
		this.nanoTime = nanoTime;
		this.random = random;
		this.log = new RateLimitedLog(logger, nanoTime);
		this.active = ActiveShards.all(client, nodes);
		this.seats = IntStream.range(0, nodes.size()).mapToObj((node) -> new Seat()).toList();
		this.maxEjected = options.maxEjected(nodes.size());
		if (this.maxEjected == 0) {
			logger.warn("Client '{}' never ejects a node: penalty_box.max_ejected is {}, less than one of {}", client,
					options.maxEjected(), nodes.size());
		}
	}

	/**
	 * Return which nodes are in use.
	 * @return the state of this moment
	 */
	public ActiveShards active() {
		return this.active;
	}

	/**
	 * Return which nodes are ejected, and for how long.
	 * @return the penalties in the order of the nodes; empty if all are in use
	 */
	public synchronized List<Penalty> penalties() {
		long now = this.nanoTime.getAsLong();
		List<Penalty> penalties = new ArrayList<>();
		for (int node = 0; node < this.seats.size(); node++) {
			if (!this.active.isActive(node)) {
				Seat seat = this.seats.get(node);
				penalties.add(new Penalty(address(node), seat.wait, Duration.ofNanos(Math.max(0, seat.probeAt - now)),
						Duration.ofNanos(now - seat.takenAt)));
			}
		}
		return List.copyOf(penalties);
	}

	/**
	 * Note that a node could not be reached or did not answer in time. An error reply is
	 * an answer.
	 * @param node the index of the node
	 */
	public void failed(int node) {
		if (this.active.isActive(node)) {
			noteFailure(node);
		}
	}

	/**
	 * Note that a node has answered, which resets its count of failures.
	 * @param node the index of the node
	 */
	public void succeeded(int node) {
		Seat seat = this.seats.get(node);
		// Read before locking: every command comes through here.
		if (seat.failures != 0) {
			forgetFailures(seat);
		}
	}

	private synchronized void forgetFailures(Seat seat) {
		seat.failures = 0;
	}

	private synchronized void noteFailure(int node) {
		// Another caller may have ejected the node already.
		if (this.closed || !this.active.isActive(node)) {
			return;
		}
		Seat seat = this.seats.get(node);
		seat.failures = Math.min(seat.failures + 1, this.options.failureThreshold());
		if (seat.failures < this.options.failureThreshold()) {
			return;
		}
		if (this.seats.size() - this.active.activeCount() < this.maxEjected) {
			seat.wait = this.options.minWait();
			seat.takenAt = this.nanoTime.getAsLong();
			this.active = this.active.with(node, false);
			announce(node, PenaltyTransition.PENALIZED);
			probeAfter(node, seat.wait.plus(jitter(seat.wait)));
		}
		else if (this.maxEjected > 0 && !seat.spared) {
			seat.spared = true;
			announce(node, PenaltyTransition.SPARED);
		}
	}

	private void probeAfter(int node, Duration delay) {
		this.seats.get(node).probeAt = this.nanoTime.getAsLong() + delay.toNanos();
		this.scheduler.schedule(() -> probe(node), delay);
	}

	private Duration jitter(Duration wait) {
		double longest = Math.min(wait.toNanos() * JITTER, MAX_JITTER.toNanos());
		return Duration.ofNanos((long) (longest * this.random.getAsDouble()));
	}

	// The node is probed again even if the prober throws an Error.
	private void probe(int node) {
		ProbeOutcome outcome = ProbeOutcome.DOWN;
		try {
			outcome = this.prober.probe(address(node));
		}
		catch (RuntimeException ex) {
			this.log.warn(address(node), "Client '{}' could not probe {}", this.client, address(node), ex);
		}
		finally {
			settle(node, outcome);
		}
	}

	private synchronized void settle(int node, ProbeOutcome outcome) {
		if (this.closed) {
			return;
		}
		switch (outcome) {
			case ALIVE -> release(node);
			case DOWN -> extend(node);
			case NOT_ASKED -> probeAfter(node, ASK_AGAIN);
		}
	}

	private void release(int node) {
		Seat returned = this.seats.get(node);
		returned.failures = 0;
		returned.wait = Duration.ZERO;
		this.seats.forEach((seat) -> seat.spared = false);
		this.active = this.active.with(node, true);
		announce(node, PenaltyTransition.RETURNED);
	}

	private void extend(int node) {
		Seat seat = this.seats.get(node);
		seat.wait = this.options.waitAfter(seat.wait);
		announce(node, PenaltyTransition.STILL_DOWN);
		probeAfter(node, seat.wait.plus(jitter(seat.wait)));
	}

	// Scheduled under the lock to keep the order.
	private void announce(int node, PenaltyTransition transition) {
		PenaltyEvent event = new PenaltyEvent(this.client, address(node), transition, this.seats.get(node).wait,
				this.active.activeCount());
		this.scheduler.schedule(() -> publish(event), Duration.ZERO);
	}

	private void publish(PenaltyEvent event) {
		log(event);
		Listeners.tellEach(List.of(this.listener), this.failures, (each) -> each.accept(event));
	}

	private void log(PenaltyEvent event) {
		String inUse = event.activeNodes() + " of " + this.seats.size();
		switch (event.transition()) {
			case PENALIZED -> noteAnnounced(event,
					this.log.warn(event.node(), "Client '{}' ejects {} and probes it in {} ms; {} nodes are in use",
							this.client, event.node(), event.penalty().toMillis(), inUse));
			case STILL_DOWN -> noteAnnounced(event,
					this.log.info(event.node(),
							"Client '{}' keeps {} ejected and probes it in {} ms; {} nodes are in use", this.client,
							event.node(), event.penalty().toMillis(), inUse));
			case RETURNED -> {
				if (this.announced.remove(event.node())) {
					logger.info("Client '{}' uses {} again; {} nodes are in use", this.client, event.node(), inUse);
				}
			}
			case SPARED -> this.log.warn(event.node(),
					"Client '{}' keeps using {} although it fails: {} nodes are in use, and penalty_box.max_ejected is {}",
					this.client, event.node(), inUse, this.options.maxEjected());
		}
	}

	private void noteAnnounced(PenaltyEvent event, boolean logged) {
		if (logged) {
			this.announced.add(event.node());
		}
	}

	private HostAndPort address(int node) {
		return this.active.nodes().get(node);
	}

	/**
	 * Stop the thread. Nodes keep their state.
	 */
	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
		}
		this.scheduler.close();
	}

	/**
	 * The state of one node.
	 */
	private static final class Seat {

		private volatile int failures;

		private Duration wait = Duration.ZERO;

		private long takenAt;

		private long probeAt;

		private boolean spared;

	}

}
