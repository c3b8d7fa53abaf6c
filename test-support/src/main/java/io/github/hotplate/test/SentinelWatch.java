package io.github.hotplate.test;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the Sentinels think of a primary and can do about it.
 *
 * @param masterName the name of the primary
 * @param nodes the data nodes
 * @param sentinels the Sentinels
 */
record SentinelWatch(String masterName, List<RedisNode> nodes, List<RedisNode> sentinels) {

	private static final Duration FAILOVER_TIMEOUT = Duration.ofSeconds(30);

	RedisNode primary() {
		return primaryNamedBy(runningSentinel());
	}

	RedisNode primaryNamedBy(RedisNode sentinel) {
		try (NodeConnection connection = sentinel.connect()) {
			List<?> address = connection.executeForList("SENTINEL", "GET-MASTER-ADDR-BY-NAME", this.masterName);
			return this.nodes.stream()
				.filter((node) -> address.equals(List.of(node.host(), Integer.toString(node.port()))))
				.findFirst()
				.orElseThrow(() -> new EmbeddedRedisException(
						"Sentinel %s names a primary of others: %s".formatted(sentinel, address)));
		}
	}

	RedisNode failOver() {
		RedisNode former = primary();
		RedisNode leader = runningSentinel();
		Await.until("Sentinel " + leader + " to begin a failover", FAILOVER_TIMEOUT, () -> {
			leader.execute("SENTINEL", "FAILOVER", this.masterName);
			return null;
		});
		Await.until("the Sentinels to name a successor of " + former, FAILOVER_TIMEOUT, () -> ignorant(former));
		return primary();
	}

	private @Nullable String ignorant(RedisNode former) {
		RedisNode successor = primary();
		if (successor == former) {
			return "it is still the primary";
		}
		return this.sentinels.stream()
			.filter((sentinel) -> sentinel.isRunning() && primaryNamedBy(sentinel) != successor)
			.map((sentinel) -> "Sentinel " + sentinel + " has not heard of " + successor)
			.findFirst()
			.orElse(null);
	}

	private RedisNode runningSentinel() {
		return this.sentinels.stream()
			.filter(RedisNode::isRunning)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No Sentinel runs"));
	}

}
