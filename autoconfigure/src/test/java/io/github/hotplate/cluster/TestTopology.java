package io.github.hotplate.cluster;

import java.util.List;
import java.util.stream.IntStream;

import redis.clients.jedis.HostAndPort;

/**
 * Clusters that exist on paper only. The primaries of a cluster share the slots evenly
 * and have the ports 1, 2 and so on.
 */
final class TestTopology {

	private TestTopology() {
	}

	static ClusterTopology ofPrimaries(int primaries) {
		return new ClusterTopology(IntStream.range(0, primaries)
			.mapToObj((index) -> new Shard(
					List.of(new SlotRange(16_384 * index / primaries, 16_384 * (index + 1) / primaries - 1)),
					node(1 + index), List.of()))
			.toList());
	}

	static Shard shard(int primary, int... replicas) {
		return new Shard(List.of(new SlotRange(0, 16_383)), node(primary),
				IntStream.of(replicas).mapToObj(TestTopology::node).toList());
	}

	static HostAndPort address(int port) {
		return node(port).address();
	}

	private static ClusterNode node(int port) {
		return new ClusterNode("id" + port, "host", port);
	}

}
