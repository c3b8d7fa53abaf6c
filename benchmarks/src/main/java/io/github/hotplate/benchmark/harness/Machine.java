package io.github.hotplate.benchmark.harness;

import io.github.hotplate.test.RedisNode;

/**
 * Describes what a benchmark ran on.
 *
 * @since 0.1.0
 */
public final class Machine {

	private Machine() {
	}

	/**
	 * Describe the machine, the virtual machine and the servers.
	 * @param node any of the servers
	 * @return one sentence
	 */
	public static String describe(RedisNode node) {
		String version = String.valueOf(node.execute("INFO", "server"))
			.lines()
			.filter((line) -> line.startsWith("redis_version:"))
			.map((line) -> line.substring(line.indexOf(':') + 1))
			.findFirst()
			.orElse("of unknown version");
		return "%d processors (%s, %s), Java %s, Redis %s with all nodes on the same machine".formatted(
				Runtime.getRuntime().availableProcessors(), System.getProperty("os.name"),
				System.getProperty("os.arch"), Runtime.version(), version);
	}

}
