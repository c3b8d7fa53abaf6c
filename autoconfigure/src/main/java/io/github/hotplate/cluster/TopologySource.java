package io.github.hotplate.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.dao.DataAccessException;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.NodeUnreachableException;

/**
 * Asks one node after the other for the topology until one answers: the seed nodes and
 * all nodes known so far, so that the death of a seed does not matter.
 */
final class TopologySource {

	private final String client;

	private final List<HostAndPort> seeds;

	private final boolean knownNodesFirst;

	private final ConnectionPools pools;

	private final NodeHealth health;

	TopologySource(String client, List<HostAndPort> seeds, boolean knownNodesFirst, ConnectionPools pools,
			NodeHealth health) {
		this.client = client;
		this.seeds = seeds;
		this.knownNodesFirst = knownNodesFirst;
		this.pools = pools;
		this.health = health;
	}

	/**
	 * Ask for the topology.
	 * @param known the topology known so far
	 * @return the topology as the first node that answered sees it
	 * @throws ClusterDownException if no node answered; each node's failure is suppressed
	 * in it
	 */
	ClusterTopology read(ClusterTopology known) {
		List<RuntimeException> failures = new ArrayList<>();
		for (HostAndPort node : candidates(known)) {
			try {
				ClusterTopology topology = ask(node);
				if (topology.coveredSlots() > 0) {
					return topology;
				}
				failures.add(new ClusterDownException(node + " serves no slots and knows no node that does", null));
			}
			catch (NodeUnreachableException ex) {
				this.health.suspect(node);
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

	private List<HostAndPort> candidates(ClusterTopology known) {
		List<HostAndPort> nodes = new ArrayList<>(known.nodes().stream().map(ClusterNode::address).toList());
		Collections.shuffle(nodes);
		Set<HostAndPort> candidates = new LinkedHashSet<>(this.knownNodesFirst ? nodes : this.seeds);
		candidates.addAll(this.knownNodesFirst ? this.seeds : nodes);
		// Asking a node that does not answer costs a time-out.
		return candidates.stream().sorted(Comparator.comparing(this.health::isSuspect)).toList();
	}

	private ClusterTopology ask(HostAndPort node) {
		try (PooledConnection connection = this.pools.get(node).borrow(this.pools.maxWait())) {
			return ClusterSlots.parse(connection.executeCommand(ClusterSlots.command()), node.getHost());
		}
	}

}
