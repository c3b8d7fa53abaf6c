package io.github.hotplate.topology;

import java.util.List;
import java.util.stream.IntStream;

import redis.clients.jedis.HostAndPort;

/**
 * Clusters that exist on paper only. The primaries of a cluster share the slots evenly
 * and have the ports 1, 2 and so on.
 */
public final class TestTopology {

	private TestTopology() {
	}

	public static Topology ofPrimaries(int primaries) {
		return new Topology(IntStream.range(0, primaries)
			.mapToObj((index) -> new Shard(
					List.of(new SlotRange(16_384 * index / primaries, 16_384 * (index + 1) / primaries - 1)),
					node(1 + index), List.of()))
			.toList());
	}

	public static Shard shard(int primary, int... replicas) {
		return new Shard(List.of(new SlotRange(0, 16_383)), node(primary),
				IntStream.of(replicas).mapToObj(TestTopology::node).toList());
	}

	public static HostAndPort address(int port) {
		return node(port).address();
	}

	private static Node node(int port) {
		return new Node("id" + port, "host", port);
	}

}
