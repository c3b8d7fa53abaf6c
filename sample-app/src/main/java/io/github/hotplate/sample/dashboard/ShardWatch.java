package io.github.hotplate.sample.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import redis.clients.jedis.HostAndPort;

import io.github.hotplate.penalty.ActiveShards;
import io.github.hotplate.penalty.Penalty;
import io.github.hotplate.penalty.PenaltyBox;

/**
 * Looks into the penalty box of a sharded client. That is what matters: a server is in
 * use until a command has found it dead, and ejected until a probe finds it alive.
 */
final class ShardWatch implements NodeWatch {

	private final PenaltyBox box;

	ShardWatch(PenaltyBox box) {
		this.box = box;
	}

	@Override
	public List<NodeView> look() {
		ActiveShards shards = this.box.active();
		Map<HostAndPort, Duration> probes = this.box.penalties()
			.stream()
			.collect(Collectors.toMap(Penalty::node, Penalty::remaining));
		return IntStream.range(0, shards.nodes().size()).mapToObj((index) -> {
			HostAndPort server = shards.nodes().get(index);
			return shards.isActive(index) ? NodeView.primary(server.getHost(), server.getPort(), NodeState.UP)
					: ejected(server, probes.getOrDefault(server, Duration.ZERO));
		}).toList();
	}

	private static NodeView ejected(HostAndPort server, Duration remaining) {
		return NodeView.primary(server.getHost(), server.getPort(), NodeState.EJECTED).probedIn(remaining);
	}

}
