package io.github.hotplate.routing;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ReadPreference;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.Shard;

/**
 * Chooses the node of a shard that answers a command that only reads.
 */
public final class ReadRouting {

	private final ReadPreference preference;

	private final ReplicaWatch watch;

	private final IntUnaryOperator random;

	public ReadRouting(ReadPreference preference, ReplicaWatch replicas, IntUnaryOperator random) {
		this.preference = preference;
		this.watch = replicas;
		this.random = random;
	}

	public boolean usesReplicas() {
		return this.preference != ReadPreference.PRIMARY;
	}

	HostAndPort select(Shard shard) {
		HostAndPort primary = shard.primary().address();
		if (!usesReplicas() || shard.replicas().isEmpty() || this.watch.isMoving(primary)) {
			return primary;
		}
		List<HostAndPort> replicas = shard.replicas().stream().map(Node::address).filter(this.watch::isFit).toList();
		if (replicas.isEmpty()) {
			return primary;
		}
		return switch (this.preference) {
			case PRIMARY -> primary;
			case ANY -> anyOf(primary, replicas);
			case REPLICA, REPLICA_PREFERRED -> replicas.get(random(replicas.size()));
			case NEAREST -> Stream.concat(Stream.of(primary), replicas.stream())
				.min(Comparator.comparingDouble(this.watch::roundTrip))
				.orElse(primary);
		};
	}

	HostAndPort selectAfterFailure(Shard shard) {
		return (this.preference == ReadPreference.REPLICA) ? select(shard) : shard.primary().address();
	}

	private HostAndPort anyOf(HostAndPort primary, List<HostAndPort> replicas) {
		int index = random(replicas.size() + 1);
		return (index == replicas.size()) ? primary : replicas.get(index);
	}

	private int random(int bound) {
		return this.random.applyAsInt(bound);
	}

}
