package io.github.hotplate.sentinel;

import java.util.List;

import redis.clients.jedis.HostAndPort;

/**
 * The data nodes behind a group of Sentinels, at one moment. Addresses are those that the
 * Sentinels announce; a {@code HostAndPortMapper} applies when they are connected to.
 *
 * @param primary the node that accepts writes; it has confirmed its role, unless an ACL
 * forbids the question
 * @param replicas the nodes that Sentinel considers fit for reads: neither down nor
 * disconnected, and linked to their primary; may be empty
 * @since 0.1.0
 */
public record SentinelTopology(HostAndPort primary, List<HostAndPort> replicas) {

	public SentinelTopology {
		replicas = List.copyOf(replicas);
	}

}
