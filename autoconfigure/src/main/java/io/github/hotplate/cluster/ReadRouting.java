package io.github.hotplate.cluster;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ReadPreference;

/**
 * Chooses the node of a shard that answers a command that only reads.
 */
final class ReadRouting {

	private final ReadPreference preference;

	private final NodeHealth health;

	ReadRouting(ReadPreference preference, NodeHealth health) {
		this.preference = preference;
		this.health = health;
	}

	boolean usesReplicas() {
		return this.preference != ReadPreference.PRIMARY;
	}

	HostAndPort select(Shard shard) {
		HostAndPort primary = shard.primary().address();
		if (!usesReplicas() || shard.replicas().isEmpty()) {
			return primary;
		}
		List<HostAndPort> replicas = shard.replicas()
			.stream()
			.map(ClusterNode::address)
			.filter(this.health::isFitReplica)
			.toList();
		if (replicas.isEmpty()) {
			return primary;
		}
		return switch (this.preference) {
			case PRIMARY -> primary;
			case ANY -> anyOf(primary, replicas);
			case REPLICA, REPLICA_PREFERRED -> replicas.get(random(replicas.size()));
			case NEAREST -> Stream.concat(Stream.of(primary), replicas.stream())
				.min(Comparator.comparingDouble(this.health::roundTrip))
				.orElse(primary);
		};
	}

	HostAndPort selectAfterFailure(Shard shard) {
		return (this.preference == ReadPreference.REPLICA) ? select(shard) : shard.primary().address();
	}

	private static HostAndPort anyOf(HostAndPort primary, List<HostAndPort> replicas) {
		int index = random(replicas.size() + 1);
		return (index == replicas.size()) ? primary : replicas.get(index);
	}

	private static int random(int bound) {
		return ThreadLocalRandom.current().nextInt(bound);
	}

}
