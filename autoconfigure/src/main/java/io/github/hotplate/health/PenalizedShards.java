package io.github.hotplate.health;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.execution.NodeEjectedException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.penalty.Penalty;
import io.github.hotplate.penalty.PenaltyBox;
import io.github.hotplate.penalty.PenaltyBoxOptions;
import io.github.hotplate.penalty.PenaltyEvent;
import io.github.hotplate.penalty.PenaltyTransition;
import io.github.hotplate.penalty.ProbeOutcome;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.NodePool;
import io.github.hotplate.pool.ProbeResult;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.support.Listeners;
import io.github.hotplate.support.MonitoringFailures;

/**
 * The shards that are in the penalty box. A shard that cannot be reached has failed. A
 * shard that does not answer in time may be busy, and one that loses a connection may
 * just have closed it, so it is probed at once, in the background, and has failed if it
 * is silent.
 */
public final class PenalizedShards implements EjectedNodes, AutoCloseable {

	private static final Duration ASK_AGAIN = Duration.ofMillis(50);

	private final String client;

	private final ConnectionPools pools;

	private final PenaltyBox box;

	private final Map<HostAndPort, Integer> indexes = new HashMap<>();

	private final BackgroundThread thread;

	private final Set<HostAndPort> lookedInto = ConcurrentHashMap.newKeySet();

	private final NodeInquiries inquiries;

	private final Map<HostAndPort, String> causes = new ConcurrentHashMap<>();

	private final Listeners<PenaltyEvent> listeners;

	/**
	 * Create an instance without ejected shards.
	 * @param config the configuration of the client
	 * @param pools the connections
	 * @param failures counts failures of listeners
	 */
	public PenalizedShards(ClientConfig config, ConnectionPools pools, MonitoringFailures failures) {
		this.client = config.name();
		this.pools = pools;
		this.listeners = new Listeners<>(failures);
		List<HostAndPort> shards = config.url().seeds();
		for (int i = 0; i < shards.size(); i++) {
			this.indexes.put(shards.get(i), i);
		}
		this.thread = new BackgroundThread(this.client, "shards");
		this.inquiries = new NodeInquiries(pools,
				(result) -> result == ProbeResult.SILENT || result == ProbeResult.LOADING, this.thread,
				System::nanoTime);
		this.box = new PenaltyBox(this.client, shards, options(config.penaltyBox()), this::probe, this::announce,
				failures);
	}

	private static PenaltyBoxOptions options(ClientConfig.PenaltyBox config) {
		return new PenaltyBoxOptions(config.minWait(), config.maxWait(), config.multiplier(), config.failureThreshold(),
				config.maxEjected());
	}

	public PenaltyBox box() {
		return this.box;
	}

	/**
	 * Add a listener for the transitions of all shards.
	 * @param listener is called on the box's thread
	 */
	public void addListener(Consumer<PenaltyEvent> listener) {
		this.listeners.add(listener);
	}

	@Override
	public boolean contains(HostAndPort node) {
		Integer index = this.indexes.get(node);
		return index != null && !this.box.active().isActive(index);
	}

	@Override
	public void awaitVerdict(HostAndPort node) {
		this.inquiries.await(node);
	}

	@Override
	public void failed(HostAndPort node, RuntimeException failure) {
		Integer index = this.indexes.get(node);
		// The refusal of an ejected node is no new failure, and a full server turns
		// connections away but serves those that it has.
		if (index == null || failure instanceof NodeEjectedException
				|| ErrorReply.of(failure.getCause()) != ErrorReply.NONE) {
			return;
		}
		if (failure instanceof NodeUnreachableException) {
			boxFailed(node, index, failure.getMessage());
		}
		else if (failure.getCause() instanceof SocketTimeoutException) {
			this.pools.get(node).doubt();
			this.inquiries.ask(node, () -> boxFailed(node, index, Ejection.SILENT));
		}
		else {
			// If the node is dead, so are its other connections.
			this.pools.get(node).doubt();
			if (this.lookedInto.add(node)) {
				this.thread.repeatUntilDone(() -> lookInto(node, index), Duration.ZERO, ASK_AGAIN);
			}
		}
	}

	// A node that closes a connection may be alive.
	private boolean lookInto(HostAndPort node, int index) {
		ProbeResult result = this.pools.get(node).probe();
		if (result == ProbeResult.NOT_ASKED) {
			return false;
		}
		this.lookedInto.remove(node);
		if (result == ProbeResult.SILENT) {
			boxFailed(node, index, Ejection.SILENT);
		}
		return true;
	}

	private void boxFailed(HostAndPort node, int index, @Nullable String cause) {
		// Failures of calls that were in flight say less than the one that came first.
		if (cause != null && this.box.active().isActive(index)) {
			this.causes.put(node, cause);
		}
		this.box.failed(index);
	}

	@Override
	public void answered(HostAndPort node) {
		Integer index = this.indexes.get(node);
		if (index != null) {
			this.box.succeeded(index);
		}
	}

	@Override
	public NodeUnreachableException refusal(HostAndPort node) {
		return new NodeEjectedException("Client '" + this.client + "' has ejected " + node
				+ ", which is in the penalty box and probed from time to time");
	}

	@Override
	public Map<HostAndPort, Ejection> ejections() {
		return this.box.penalties()
			.stream()
			.collect(Collectors.toMap(Penalty::node, (penalty) -> new Ejection(penalty.lasting(), penalty.remaining(),
					this.causes.get(penalty.node()))));
	}

	// A node that is loading its data answers, but refuses every command.
	private ProbeOutcome probe(HostAndPort node) {
		NodePool pool = this.pools.get(node);
		// Connections returned since the node failed are dead, too.
		pool.retire();
		return switch (pool.probe()) {
			case ANSWERED -> ProbeOutcome.ALIVE;
			case LOADING, SILENT -> ProbeOutcome.DOWN;
			case NOT_ASKED -> ProbeOutcome.NOT_ASKED;
		};
	}

	private void announce(PenaltyEvent event) {
		if (event.transition() == PenaltyTransition.PENALIZED) {
			NodePool pool = this.pools.find(event.node());
			if (pool != null) {
				pool.retire();
			}
		}
		this.listeners.tell(event);
	}

	@Override
	public void close() {
		this.thread.close();
		this.box.close();
	}

}
