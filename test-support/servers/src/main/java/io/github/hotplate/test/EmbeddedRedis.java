package io.github.hotplate.test;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real Redis servers on free ports of {@code 127.0.0.1}, owned by this JVM: they end with
 * {@link #close()}, and with the JVM however that ends. Their data live in a temporary
 * folder.
 * <p>
 * Another server version is run with {@code -Dredis.server=/path/to/redis-server}.
 * <p>
 * Thread-safe. Started at most once.
 *
 * @since 0.1.0
 */
public abstract sealed class EmbeddedRedis implements AutoCloseable
		permits EmbeddedRedisCluster, EmbeddedRedisSentinel, EmbeddedRedisServer, EmbeddedRedisShards {

	private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(60);

	private static final int FLUSH_TIMEOUT_MILLIS = 2_000;

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedRedis.class);

	private final ServerSettings settings;

	private boolean started;

	private volatile @Nullable NodeGroup group;

	private volatile List<RedisNode> nodes = List.of();

	EmbeddedRedis(ServerSettings settings) {
		this.settings = settings;
	}

	/**
	 * Start the servers and wait until they are healthy. If that fails, none is left.
	 * @throws EmbeddedRedisException if they do not start, or cannot on this platform
	 */
	public final synchronized void start() {
		if (this.started) {
			throw new IllegalStateException("Already started: build another one");
		}
		this.started = true;
		long begin = System.nanoTime();
		NodeGroup launched = new NodeGroup();
		this.group = launched;
		try {
			this.nodes = form(launched);
			awaitNoObstacle();
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
		logger.info("Started {} in {} ms: {}", this, Duration.ofNanos(System.nanoTime() - begin).toMillis(), url());
	}

	/**
	 * Return the URL that a client connects to. It never holds a password.
	 * @return the URL
	 */
	public abstract String url();

	/**
	 * Return servers as URLs name them.
	 * @param servers the servers
	 * @return their addresses in this order, between commas
	 */
	static String addresses(List<RedisNode> servers) {
		return servers.stream().map(RedisNode::toString).collect(Collectors.joining(","));
	}

	/**
	 * Return the servers that hold data, in the order of their start.
	 * @return the servers, dead ones included
	 * @throws IllegalStateException before the start
	 */
	public final List<RedisNode> nodes() {
		List<RedisNode> current = this.nodes;
		if (current.isEmpty()) {
			throw new IllegalStateException("Not started: call start() first");
		}
		return current;
	}

	/**
	 * Return the certificate that the servers use.
	 * @return the certificate
	 * @throws IllegalStateException if they serve plain text
	 */
	public final EmbeddedRedisTls tls() {
		EmbeddedRedisTls tls = this.settings.tls();
		if (tls == null) {
			throw new IllegalStateException("The servers speak plain text: build them with tls(true)");
		}
		return tls;
	}

	/**
	 * Delete all data on the running primaries and their replicas.
	 */
	public final void flush() {
		nodes().stream().filter(RedisNode::isRunning).forEach(EmbeddedRedis::flush);
	}

	private static void flush(RedisNode node) {
		try (NodeConnection connection = node.connect()) {
			ReplicationRole role = ReplicationRole.of(connection);
			if (role.isPrimary()) {
				connection.execute("FLUSHALL");
				connection.execute("WAIT", role.replicas(), FLUSH_TIMEOUT_MILLIS);
			}
		}
	}

	/**
	 * Bring paused and dead servers back and wait until all are healthy and agree on who
	 * serves what. Slot migrations under way are ended where they stand; who is a primary
	 * and who a replica stays as the servers chose.
	 * @throws EmbeddedRedisException if they are not healthy within a minute
	 */
	public final void awaitHealthy() {
		NodeGroup current = this.group;
		if (current == null) {
			throw new IllegalStateException("Not running: not started yet, or closed");
		}
		current.revive();
		awaitNoObstacle();
	}

	private void awaitNoObstacle() {
		Await.until(this + " to be healthy", HEALTH_TIMEOUT, this::obstacle);
	}

	/**
	 * Kill all servers and delete their folder. Does nothing if there are none.
	 */
	@Override
	public final synchronized void close() {
		if (this.group != null) {
			this.group.close();
			this.group = null;
			closeOthers();
		}
	}

	/**
	 * Close what belongs to the servers and is no server.
	 */
	void closeOthers() {
	}

	final ServerSettings settings() {
		return this.settings;
	}

	/**
	 * Start the servers and introduce them to each other.
	 * @param group what starts and owns them
	 * @return those that hold data
	 */
	abstract List<RedisNode> form(NodeGroup group);

	/**
	 * Tell what is not healthy yet, and mend what does not mend itself.
	 * @return the first obstacle found, or {@code null} when all is well
	 */
	abstract @Nullable String obstacle();

}
