package io.github.hotplate.test.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A Redis Cluster of three primaries and three replicas in one container.
 * <p>
 * Each server listens on the same port inside the container and on the host, so that the
 * addresses the cluster announces are right for clients outside. The ports are free ones,
 * chosen at the first start; a restarted container is a new, empty cluster on the same
 * ports.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">Redis
 * Cluster specification</a>
 */
public final class RedisClusterContainer extends GenericContainer<RedisClusterContainer> {

	/**
	 * The image that is used unless another one is given.
	 */
	public static final DockerImageName DEFAULT_IMAGE = DockerImageName.parse("redis:7.0.15");

	private static final int NODES = 6;

	private static final String SCRIPT = "redis-cluster.sh";

	private static final String SCRIPT_IN_CONTAINER = "/tmp/" + SCRIPT;

	private List<HostAndPort> nodes = List.of();

	/**
	 * Create a container of the {@link #DEFAULT_IMAGE default image}.
	 */
	public RedisClusterContainer() {
		this(DEFAULT_IMAGE);
	}

	/**
	 * Create a container of the given image.
	 * @param image an image with Redis 7.0 or later: {@code sh}, {@code redis-server} and
	 * {@code redis-cli} on its path
	 */
	public RedisClusterContainer(DockerImageName image) {
		super(image);
		String script = RedisClusterContainer.class.getPackageName().replace('.', '/') + "/" + SCRIPT;
		withCopyFileToContainer(MountableFile.forClasspathResource(script), SCRIPT_IN_CONTAINER);
		withCreateContainerCmdModifier((command) -> command.withEntrypoint("sh", SCRIPT_IN_CONTAINER));
		waitingFor(new RedisClusterWaitStrategy(() -> this.nodes));
	}

	@Override
	protected void configure() {
		if (this.nodes.isEmpty()) {
			String host = announcedHost();
			this.nodes = ClusterPorts.pick(NODES).stream().map((port) -> new HostAndPort(host, port)).toList();
			this.nodes.forEach((node) -> addFixedExposedPort(node.getPort(), node.getPort()));
			setCommandParts(
					Stream.concat(Stream.of(host), getPorts().stream().map(String::valueOf)).toArray(String[]::new));
		}
	}

	// "localhost" may mean ::1 first, where a published port does not always listen.
	private String announcedHost() {
		String host = getHost();
		return "localhost".equals(host) ? "127.0.0.1" : host;
	}

	/**
	 * Return the URL of the cluster, with all its nodes as seeds.
	 * @return a URL such as {@code redis://127.0.0.1:20001,127.0.0.1:20002}
	 * @throws IllegalStateException if the container was never started
	 */
	public String getUrl() {
		return startedNodes().stream().map(HostAndPort::toString).collect(Collectors.joining(",", "redis://", ""));
	}

	/**
	 * Return the ports of the nodes, the same on the host as in the container.
	 * @return the six ports
	 * @throws IllegalStateException if the container was never started
	 */
	public List<Integer> getPorts() {
		return startedNodes().stream().map(HostAndPort::getPort).toList();
	}

	/**
	 * Kill the node that listens on the given port, as {@code kill -9} does. It stays
	 * down.
	 * @param port one of {@link #getPorts()}
	 * @throws IllegalArgumentException if no node has this port
	 * @throws IllegalStateException if the node is not running
	 */
	public void killNode(int port) {
		if (!getPorts().contains(port)) {
			throw new IllegalArgumentException(
					"No node listens on port %d; the ports are %s".formatted(port, getPorts()));
		}
		ExecResult kill = execute("read -r pid < /tmp/redis-" + port + ".pid && kill -9 $pid");
		if (kill.getExitCode() != 0) {
			throw new IllegalStateException("Could not kill the node on port %d: %s".formatted(port, kill.getStderr()));
		}
	}

	/**
	 * Kill the primary that serves the given key, as {@link #killNode(int)} does.
	 * @param key a key, of which a hash tag is honoured
	 * @return the port of the killed node
	 * @throws IllegalStateException if no node knows a running primary of the key
	 */
	public int killPrimaryOf(String key) {
		int slot = JedisClusterCRC16.getSlot(key);
		int port = slots().stream()
			.filter((range) -> range.contains(slot))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No primary serves slot %d of key '%s'".formatted(slot, key)))
			.primary()
			.getPort();
		killNode(port);
		return port;
	}

	private List<SlotRange> slots() {
		for (HostAndPort node : startedNodes()) {
			try (Jedis jedis = new Jedis(node)) {
				return SlotRange.of(jedis);
			}
			catch (JedisConnectionException ex) {
				logger().debug("{} is down: {}", node, ex.getMessage());
			}
		}
		throw new IllegalStateException("None of the nodes %s answers".formatted(this.nodes));
	}

	private ExecResult execute(String shellCommand) {
		try {
			return execInContainer("sh", "-c", shellCommand);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Could not run in the container: " + shellCommand, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while the container ran: " + shellCommand, ex);
		}
	}

	private List<HostAndPort> startedNodes() {
		if (this.nodes.isEmpty()) {
			throw new IllegalStateException("The container has no ports yet; start it first");
		}
		return this.nodes;
	}

}
