package io.github.hotplate.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.dao.DataAccessException;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.health.EjectedNodes;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.PooledConnection;

/**
 * Asks one node after the other for the topology until one answers: the seed nodes and
 * all known nodes, so that a dead seed node does not matter. It borrows connections from
 * the pools, within their limit, and waits for one only briefly, since retrying with
 * another node is faster.
 */
public final class ClusterTopologySource implements TopologySource {

	private static final Duration MAX_WAIT = Duration.ofMillis(100);

	private final String client;

	private final List<HostAndPort> seeds;

	private final boolean knownNodesFirst;

	private final ConnectionPools pools;

	private final EjectedNodes ejected;

	private final Random random;

	/**
	 * Create a source.
	 * @param client the name of the client
	 * @param seeds the seed nodes
	 * @param knownNodesFirst whether to ask known nodes before the seed nodes
	 * @param pools the connections
	 * @param ejected the nodes to ask last
	 * @param random shuffles the known nodes
	 */
	public ClusterTopologySource(String client, List<HostAndPort> seeds, boolean knownNodesFirst, ConnectionPools pools,
			EjectedNodes ejected, Random random) {
		this.client = client;
		this.seeds = seeds;
		this.knownNodesFirst = knownNodesFirst;
		this.pools = pools;
		this.ejected = ejected;
		this.random = random;
	}

	@Override
	public KeySlots keySlots() {
		return KeySlots.CLUSTER;
	}

	/**
	 * Ask for the topology.
	 * @param known the topology known so far
	 * @return the topology as seen by the first node that answered
	 * @throws ClusterDownException if no node answered; each node's failure is suppressed
	 * in it
	 */
	@Override
	public Topology read(Topology known) {
		List<RuntimeException> failures = new ArrayList<>();
		Duration wait = (this.pools.maxWait().compareTo(MAX_WAIT) < 0) ? this.pools.maxWait() : MAX_WAIT;
		for (HostAndPort node : candidates(known)) {
			try {
				Topology topology = ask(node, wait);
				if (topology.coveredSlots() > 0) {
					return topology;
				}
				failures.add(new ClusterDownException(node + " does not know a node that serves slots", null));
			}
			catch (NodeUnreachableException ex) {
				this.ejected.failed(node, ex);
				failures.add(ex);
			}
			catch (ConnectionPoolExhaustedException ex) {
				// The other nodes probably share the limit.
				wait = Duration.ZERO;
				failures.add(ex);
			}
			catch (JedisException | DataAccessException ex) {
				failures.add(ex);
			}
		}
		ClusterDownException failure = new ClusterDownException(
				"No node of client '" + this.client + "' answered: " + failures.get(failures.size() - 1).getMessage(),
				failures.get(failures.size() - 1));
		failures.forEach(failure::addSuppressed);
		throw failure;
	}

	private List<HostAndPort> candidates(Topology known) {
		List<HostAndPort> nodes = new ArrayList<>(known.nodes().stream().map(Node::address).toList());
		Collections.shuffle(nodes, this.random);
		Set<HostAndPort> candidates = new LinkedHashSet<>(this.knownNodesFirst ? nodes : this.seeds);
		candidates.addAll(this.knownNodesFirst ? this.seeds : nodes);
		// Asking an unresponsive node costs a time-out.
		Map<Boolean, List<HostAndPort>> byEjection = candidates.stream()
			.collect(Collectors.partitioningBy(this.ejected::contains));
		return Stream.of(false, true).map(byEjection::get).flatMap(List::stream).toList();
	}

	private Topology ask(HostAndPort node, Duration wait) {
		try (PooledConnection connection = this.pools.get(node).borrow(wait)) {
			return ClusterSlots.parse(connection.executeCommand(ClusterSlots.command()), node.getHost());
		}
	}

}
