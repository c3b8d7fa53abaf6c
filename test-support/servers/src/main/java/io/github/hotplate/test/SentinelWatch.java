package io.github.hotplate.test;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What the Sentinels think of a primary and can do about it.
 *
 * @param masterName the name of the primary
 * @param nodes the data nodes
 * @param sentinels the Sentinels
 */
record SentinelWatch(String masterName, List<RedisNode> nodes, List<RedisNode> sentinels) {

	private static final Duration FAILOVER_TIMEOUT = Duration.ofSeconds(60);

	/**
	 * Return the primary of the last failover. A Sentinel that has missed it names an
	 * earlier one until the others tell it, which takes some seconds.
	 * @return the primary
	 */
	RedisNode primary() {
		return primaryNamedBy(
				runningSentinels().max(Comparator.comparingLong(this::epoch)).orElseThrow(SentinelWatch::noSentinel));
	}

	private long epoch(RedisNode sentinel) {
		return Long.parseLong(description(sentinel).getOrDefault("config-epoch", "0"));
	}

	private Map<String, String> description(RedisNode sentinel) {
		try (NodeConnection connection = sentinel.connect()) {
			List<?> reply = connection.executeForList("SENTINEL", "MASTER", this.masterName);
			Map<String, String> description = new HashMap<>();
			for (int i = 0; i + 1 < reply.size(); i += 2) {
				description.put(reply.get(i).toString(), reply.get(i + 1).toString());
			}
			return description;
		}
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
		RedisNode leader = runningSentinels().findFirst().orElseThrow(SentinelWatch::noSentinel);
		Await.until("Sentinel " + leader + " to begin a failover", FAILOVER_TIMEOUT, () -> {
			leader.execute("SENTINEL", "FAILOVER", this.masterName);
			return null;
		});
		Await.until("the Sentinels to name a successor of " + former, FAILOVER_TIMEOUT, () -> ignorant(former, leader));
		return primary();
	}

	private @Nullable String ignorant(RedisNode former, RedisNode leader) {
		RedisNode successor = primary();
		if (successor == former) {
			if (hasGivenUp(leader, former)) {
				leader.execute("SENTINEL", "FAILOVER", this.masterName);
			}
			return "it is still the primary";
		}
		return runningSentinels().filter((sentinel) -> primaryNamedBy(sentinel) != successor)
			.map((sentinel) -> "Sentinel " + sentinel + " has not heard of " + successor)
			.findFirst()
			.orElse(null);
	}

	// A busy machine may not promote a replica within Sentinel's time.
	private boolean hasGivenUp(RedisNode leader, RedisNode former) {
		Map<String, String> description = description(leader);
		return Integer.toString(former.port()).equals(description.get("port"))
				&& !description.getOrDefault("flags", "").contains("failover_in_progress");
	}

	private Stream<RedisNode> runningSentinels() {
		return this.sentinels.stream().filter(RedisNode::isRunning);
	}

	private static IllegalStateException noSentinel() {
		return new IllegalStateException("No Sentinel runs");
	}

}
