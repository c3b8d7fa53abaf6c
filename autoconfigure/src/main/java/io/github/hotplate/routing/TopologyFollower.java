package io.github.hotplate.routing;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import redis.clients.jedis.HostAndPort;

import io.github.hotplate.health.CallerRelease;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.Topology;

/**
 * Applies a new topology: closes connections to removed nodes, and releases callers that
 * wait for a removed or demoted node. Thread-safe.
 */
public final class TopologyFollower {

	private final ConnectionPools pools;

	private final CallerRelease release;

	private final Recoveries recoveries;

	private final boolean membersOnly;

	/**
	 * Create a follower.
	 * @param pools the connections
	 * @param release releases callers that are stuck on a node
	 * @param recoveries the recoveries that callers wait for
	 * @param membersOnly whether to fence former primaries, see
	 * {@link NodeConnectionProvider}
	 */
	public TopologyFollower(ConnectionPools pools, CallerRelease release, Recoveries recoveries, boolean membersOnly) {
		this.pools = pools;
		this.release = release;
		this.recoveries = recoveries;
		this.membersOnly = membersOnly;
	}

	/**
	 * Apply a change.
	 * @param former the topology before
	 * @param current the topology now
	 */
	public void topologyChanged(Topology former, Topology current) {
		Set<HostAndPort> members = nodes(current);
		Set<HostAndPort> givenUp = nodes(former);
		givenUp.removeAll(members);
		givenUp.addAll(former.primaries());
		givenUp.removeAll(current.primaries());
		givenUp.stream().map(this.pools::find).filter(Objects::nonNull).forEach(this.release::givenUp);
		if (this.membersOnly) {
			this.pools.fence(givenUp);
		}
		this.pools.retain(members);
		this.recoveries.retain(members);
	}

	private static Set<HostAndPort> nodes(Topology topology) {
		return topology.nodes().stream().map(Node::address).collect(Collectors.toCollection(HashSet::new));
	}

}
