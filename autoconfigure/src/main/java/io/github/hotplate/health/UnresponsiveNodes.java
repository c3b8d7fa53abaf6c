package io.github.hotplate.health;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.NodePool;
import io.github.hotplate.pool.ProbeResult;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.RateLimitedLog;

/**
 * The nodes that could not be reached, or that answered neither a command nor a probe in
 * time. Commands for them fail at once and are retried by the retry advice instead of
 * each running into its own time-out. A background probe detects when they answer again.
 * A lost connection alone does not eject a node, which may just have closed it.
 */
public final class UnresponsiveNodes implements EjectedNodes {

	private static final Logger logger = LoggerFactory.getLogger(UnresponsiveNodes.class);

	private static final String EJECTED = "Client '{}' ejected {}, which does not respond, and probes it until it answers{}";

	private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);

	private final String client;

	private final ConnectionPools pools;

	private final Predicate<HostAndPort> member;

	private final BackgroundThread thread;

	private final LongSupplier nanoTime;

	private final NodeInquiries inquiries;

	private final RateLimitedLog log;

	private final Map<HostAndPort, Downtime> ejected = new ConcurrentHashMap<>();

	private final Set<HostAndPort> announced = ConcurrentHashMap.newKeySet();

	/**
	 * Create an instance without ejected nodes.
	 * @param client the name of the client
	 * @param pools the connections
	 * @param member tells whether a node is in the topology
	 * @param thread the thread on which nodes are probed
	 * @param nanoTime the clock
	 */
	public UnresponsiveNodes(String client, ConnectionPools pools, Predicate<HostAndPort> member,
			BackgroundThread thread, LongSupplier nanoTime) {
		this.client = client;
		this.pools = pools;
		this.member = member;
		this.thread = thread;
		this.nanoTime = nanoTime;
		this.inquiries = new NodeInquiries(pools, (result) -> result == ProbeResult.SILENT, thread, nanoTime);
		this.log = new RateLimitedLog(logger, nanoTime);
	}

	@Override
	public boolean contains(HostAndPort node) {
		return this.ejected.containsKey(node);
	}

	@Override
	public void awaitVerdict(HostAndPort node) {
		this.inquiries.await(node);
	}

	@Override
	public void failed(HostAndPort node, RuntimeException failure) {
		if (failure instanceof NodeUnreachableException) {
			eject(node, failure);
		}
		else if (failure instanceof JedisConnectionException) {
			// If the node is alive, its other connections may be as dead as this one.
			NodePool pool = this.pools.find(node);
			if (pool != null) {
				pool.doubt();
			}
			if (failure.getCause() instanceof SocketTimeoutException && this.member.test(node) && !contains(node)) {
				this.inquiries.ask(node, () -> eject(node, failure));
			}
		}
	}

	private void eject(HostAndPort node, RuntimeException failure) {
		// A full server turns connections away, and serves those that it has.
		if (ErrorReply.of(failure.getCause()) != ErrorReply.NONE || !this.member.test(node)) {
			return;
		}
		Downtime downtime = Downtime.begin(this.nanoTime.getAsLong(), failure);
		if (this.ejected.putIfAbsent(node, downtime) == null) {
			noteAnnounced(node, this.log.warn(node, EJECTED, this.client, node, downtime.reason()));
			this.thread.repeatUntilDone(() -> probe(node), Duration.ZERO, PROBE_INTERVAL);
		}
	}

	@Override
	public void answered(HostAndPort node) {
		// Only the probe decides.
	}

	@Override
	public NodeUnreachableException refusal(HostAndPort node) {
		Downtime downtime = this.ejected.get(node);
		return new NodeUnreachableException(node + " of client '" + this.client
				+ "' did not respond recently and is being probed" + ((downtime != null) ? downtime.reason() : ""),
				null);
	}

	@Override
	public Map<HostAndPort, Ejection> ejections() {
		long now = this.nanoTime.getAsLong();
		Map<HostAndPort, Ejection> ejections = new HashMap<>();
		this.ejected.forEach((node, downtime) -> ejections.put(node, downtime.ejection(now)));
		return ejections;
	}

	private boolean probe(HostAndPort node) {
		boolean needed = this.member.test(node);
		boolean settled = !needed || this.pools.get(node).probe().isAnswer();
		if (settled) {
			boolean wasAnnounced = this.announced.remove(node);
			this.ejected.remove(node);
			if (wasAnnounced) {
				logger.info("Client '{}' {} {}", this.client, needed ? "reaches again" : "no longer needs", node);
			}
		}
		else {
			this.ejected.computeIfPresent(node, (key, downtime) -> lasts(node, downtime));
		}
		return settled;
	}

	private Downtime lasts(HostAndPort node, Downtime downtime) {
		if (!this.announced.contains(node)) {
			noteAnnounced(node, this.log.warnLater(node, EJECTED, this.client, node, downtime.reason()));
		}
		return downtime.lasts(this.nanoTime.getAsLong());
	}

	private void noteAnnounced(HostAndPort node, boolean logged) {
		if (logged) {
			this.announced.add(node);
		}
	}

	private record Downtime(long since, long probeAt, @Nullable String unreachable) {

		static Downtime begin(long now, RuntimeException failure) {
			return new Downtime(now, now, (failure instanceof NodeUnreachableException) ? failure.getMessage() : null);
		}

		Downtime lasts(long now) {
			return new Downtime(this.since, now + PROBE_INTERVAL.toNanos(), this.unreachable);
		}

		String reason() {
			return (this.unreachable != null) ? " (" + this.unreachable + ")" : "";
		}

		Ejection ejection(long now) {
			return new Ejection(Duration.ofNanos(Math.max(0, now - this.since)),
					Duration.ofNanos(Math.max(0, this.probeAt - now)),
					(this.unreachable != null) ? this.unreachable : Ejection.SILENT);
		}

	}

}
