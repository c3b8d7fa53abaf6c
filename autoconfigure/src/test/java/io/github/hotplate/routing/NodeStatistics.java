package io.github.hotplate.routing;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.hotplate.test.RedisNode;

/**
 * What Redis itself has counted since its statistics were last reset.
 */
public final class NodeStatistics {

	private NodeStatistics() {
	}

	public static void reset(Collection<RedisNode> nodes) {
		nodes.forEach((node) -> node.execute("CONFIG", "RESETSTAT"));
	}

	/**
	 * Return how often nodes ran a command.
	 * @param nodes the nodes
	 * @param command the command
	 * @return its calls over all nodes
	 */
	public static int calls(Collection<RedisNode> nodes, String command) {
		return sum(nodes, "commandstats", "cmdstat_" + command.toLowerCase(Locale.ROOT) + ":calls=");
	}

	/**
	 * Return how often nodes replied with an error.
	 * @param nodes the nodes
	 * @param prefix the first word of the error
	 * @return its occurrences over all nodes
	 */
	public static int errors(Collection<RedisNode> nodes, String prefix) {
		return sum(nodes, "errorstats", "errorstat_" + prefix + ":count=");
	}

	private static int sum(Collection<RedisNode> nodes, String section, String counter) {
		Pattern pattern = Pattern.compile("^" + Pattern.quote(counter) + "(\\d+)", Pattern.MULTILINE);
		return nodes.stream().mapToInt((node) -> {
			Matcher matcher = pattern.matcher(String.valueOf(node.execute("INFO", section)));
			return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
		}).sum();
	}

}
