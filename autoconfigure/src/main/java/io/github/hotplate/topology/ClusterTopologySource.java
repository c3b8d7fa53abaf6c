package io.github.hotplate.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.health.EjectedNodes;
import io.github.hotplate.pool.ConnectionPools;

/**
 * Asks several nodes for the topology and believes the one that knows of the last
 * election: seed nodes and known nodes, the one that was believed last first, and those
 * that did not answer last.
 */
public final class ClusterTopologySource implements TopologySource {

	private final String client;

	private final List<HostAndPort> seeds;

	private final boolean knownNodesFirst;

	private final EjectedNodes ejected;

	private final Random random;

	private final NodeQuestions questions;

	private final LongSupplier nanoTime;

	// Only read() uses them, and LiveTopology never calls that from two threads at a
	// time.
	private @Nullable HostAndPort believed;

	private long epoch;

	private volatile @Nullable Long downSince;

	/**
	 * Create a source.
	 * @param client the name of the client
	 * @param seeds the seed nodes
	 * @param knownNodesFirst whether to ask known nodes before the seed nodes
	 * @param pools the connections
	 * @param ejected the nodes to ask last
	 * @param random shuffles the known nodes
	 * @param nanoTime tells the time
	 */
	public ClusterTopologySource(String client, List<HostAndPort> seeds, boolean knownNodesFirst, ConnectionPools pools,
			EjectedNodes ejected, Random random, LongSupplier nanoTime) {
		this.client = client;
		this.seeds = seeds;
		this.knownNodesFirst = knownNodesFirst;
		this.ejected = ejected;
		this.random = random;
		this.nanoTime = nanoTime;
		this.questions = new NodeQuestions(client, pools, ejected);
	}

	@Override
	public KeySlots keySlots() {
		return KeySlots.CLUSTER;
	}

	/**
	 * Ask for the topology.
	 * @param known the topology known so far
	 * @return the topology as seen by the node that knows most
	 * @throws ClusterDownException if no node answered; each node's failure is suppressed
	 * in it
	 */
	@Override
	public Topology read(Topology known) {
		ClusterRound round = new ClusterRound(this.questions, candidates(known), new ClusterViews(known, this.epoch),
				this.nanoTime);
		ClusterViews views = round.run();
		if (views.size() == 0) {
			throw failure(round.failures());
		}
		noteState(views.isDown());
		ClusterView view = views.believed();
		if (view == null) {
			return known;
		}
		this.believed = view.asked();
		this.epoch = (view.state() == ClusterView.State.OK) ? view.epoch() : this.epoch;
		return view.topology();
	}

	private void noteState(boolean down) {
		if (!down) {
			this.downSince = null;
		}
		else if (this.downSince == null) {
			this.downSince = this.nanoTime.getAsLong();
		}
	}

	/**
	 * Return for how long every node that was asked has said that the cluster is down.
	 */
	@Override
	public Duration outage() {
		Long since = this.downSince;
		return (since != null) ? Duration.ofNanos(this.nanoTime.getAsLong() - since) : Duration.ZERO;
	}

	private ClusterDownException failure(List<RuntimeException> failures) {
		RuntimeException last = failures.get(failures.size() - 1);
		ClusterDownException failure = new ClusterDownException(
				"No node of client '" + this.client + "' answered: " + last.getMessage(), last);
		failures.forEach(failure::addSuppressed);
		return failure;
	}

	private List<HostAndPort> candidates(Topology known) {
		List<HostAndPort> nodes = new ArrayList<>(known.nodes().stream().map(Node::address).toList());
		Collections.shuffle(nodes, this.random);
		Set<HostAndPort> candidates = new LinkedHashSet<>();
		if (this.believed != null && known.contains(this.believed)) {
			candidates.add(this.believed);
		}
		candidates.addAll(this.knownNodesFirst ? nodes : this.seeds);
		candidates.addAll(this.knownNodesFirst ? this.seeds : nodes);
		// Asking an unresponsive node costs a time-out.
		Map<Boolean, List<HostAndPort>> byHealth = candidates.stream().collect(Collectors.partitioningBy(this::isFit));
		return Stream.of(true, false).map(byHealth::get).flatMap(List::stream).toList();
	}

	private boolean isFit(HostAndPort node) {
		return !this.ejected.contains(node) && !this.questions.isSilent(node);
	}

	@Override
	public void close() {
		this.questions.close();
	}

}
