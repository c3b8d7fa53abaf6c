package io.github.hotplate.benchmark.hotkey;

import java.util.List;
import java.util.regex.Pattern;

import io.github.hotplate.benchmark.load.SlotOwners;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;

/**
 * Counts the commands that clients have sent to the primaries of a cluster. What connects
 * clients, keeps the nodes together and asks for this very number does not count.
 */
final class CommandCount {

	private static final Pattern CALLS = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");

	private static final Pattern UPKEEP = Pattern
		.compile("(auth|client|cluster|command|config|hello|info|ping|psync|replconf|role)(\\|.*)?");

	private final List<RedisNode> primaries;

	CommandCount(EmbeddedRedisCluster cluster) {
		this.primaries = SlotOwners.of(cluster).primaries();
	}

	long now() {
		return this.primaries.stream()
			.flatMap((node) -> CALLS.matcher(String.valueOf(node.execute("INFO", "commandstats"))).results())
			.filter((stat) -> !UPKEEP.matcher(stat.group(1)).matches())
			.mapToLong((stat) -> Long.parseLong(stat.group(2)))
			.sum();
	}

}
