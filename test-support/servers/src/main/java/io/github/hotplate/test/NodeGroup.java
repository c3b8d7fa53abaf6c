package io.github.hotplate.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Starts servers on free ports and owns them: their processes, ports and folder all end
 * with {@link #close()}.
 */
final class NodeGroup implements AutoCloseable {

	private static final int PORT_ATTEMPTS = 5;

	private final Path binary = RedisServerBinary.locate();

	private final Path folder = TemporaryFolder.create(TemporaryFolder.root(), "servers-");

	private final List<RedisNode> nodes = new ArrayList<>();

	/**
	 * Start so many servers at once and wait until all of them answer.
	 * @param count how many servers
	 * @param settings what the servers have in common
	 * @param configuration makes the configuration of a server from its port
	 * @param arguments what follows the configuration file on the command line
	 * @return the servers in the order of their start
	 */
	List<RedisNode> launch(int count, ServerSettings settings, IntFunction<RedisConfig> configuration,
			String... arguments) {
		List<RedisNode> starting = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			starting.add(start(settings, configuration, arguments));
		}
		return starting.stream().map((node) -> answering(node, settings, configuration, arguments)).toList();
	}

	private RedisNode start(ServerSettings settings, IntFunction<RedisConfig> configuration, String... arguments) {
		int port = FreePorts.reserve();
		Path home = TemporaryFolder.create(this.folder, port + "-");
		Path file = home.resolve("redis.conf");
		RedisConfig config = configuration.apply(port).add("dir", home);
		settings.applyOptions(config);
		config.writeTo(file);
		RedisNode node = new RedisNode(port, this.binary, file, List.of(arguments), settings);
		this.nodes.add(node);
		node.start();
		return node;
	}

	private RedisNode answering(RedisNode started, ServerSettings settings, IntFunction<RedisConfig> configuration,
			String... arguments) {
		RedisNode node = started;
		for (int attempt = 1; attempt < PORT_ATTEMPTS; attempt++) {
			try {
				node.awaitStarted();
				return node;
			}
			catch (RedisNode.PortTakenException ex) {
				this.nodes.remove(node);
				node = start(settings, configuration, arguments);
			}
		}
		throw new EmbeddedRedisException("Other processes took %d ports in a row".formatted(PORT_ATTEMPTS));
	}

	/**
	 * Resume the paused servers and restart the dead ones.
	 */
	void revive() {
		this.nodes.forEach(RedisNode::revive);
	}

	@Override
	public void close() {
		this.nodes.forEach(RedisNode::kill);
		this.nodes.forEach((node) -> FreePorts.release(node.port()));
		TemporaryFolder.delete(this.folder);
	}

}
