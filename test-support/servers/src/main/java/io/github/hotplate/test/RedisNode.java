package io.github.hotplate.test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One server of an embedded Redis: a data node or a Sentinel. It keeps its address and
 * its identity through {@link #kill()} and {@link #restart()}, but not its data.
 * <p>
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class RedisNode {

	static final String HOST = "127.0.0.1";

	/** As glibc and musl say it. */
	private static final Pattern PORT_TAKEN = Pattern.compile("Address (already )?in use");

	private static final Duration START_TIMEOUT = Duration.ofSeconds(20);

	private final int port;

	private final ServerLog log;

	private final Path binary;

	private final Path configFile;

	private final List<String> arguments;

	private final ServerSettings settings;

	private volatile String id;

	private volatile int announcedPort;

	private volatile @Nullable RedisServerProcess process;

	private volatile boolean paused;

	RedisNode(int port, Path binary, Path configFile, List<String> arguments, ServerSettings settings) {
		this.port = port;
		this.log = new ServerLog(configFile.resolveSibling("redis.log"));
		this.binary = binary;
		this.configFile = configFile;
		this.arguments = List.copyOf(arguments);
		this.settings = settings;
		this.id = HOST + ":" + port;
		this.announcedPort = port;
	}

	/**
	 * Return the address it listens on.
	 * @return always {@code 127.0.0.1}
	 */
	public String host() {
		return HOST;
	}

	/**
	 * Return the port that clients connect to.
	 * @return the port
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Return what the node is known by.
	 * @return in a cluster the node id that {@code CLUSTER MYID} answers, elsewhere
	 * {@code host:port}
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Tell whether the server runs: it was neither killed nor paused, and did not end by
	 * itself.
	 * @return whether it runs
	 */
	public boolean isRunning() {
		RedisServerProcess current = this.process;
		return current != null && current.isAlive() && !this.paused;
	}

	/**
	 * Kill the server with SIGKILL and wait for its end: connections are reset and new
	 * ones refused. Does nothing if it does not live.
	 */
	public synchronized void kill() {
		if (this.process != null) {
			this.process.kill();
			this.process = null;
			this.paused = false;
		}
	}

	/**
	 * Stop the server with SIGSTOP: its connections stay open, new ones are accepted by
	 * the kernel, and nothing is answered until {@link #resume()}.
	 */
	public synchronized void pause() {
		living().stop();
		this.paused = true;
	}

	/**
	 * Let a paused server go on with SIGCONT.
	 */
	public synchronized void resume() {
		living().resume();
		this.paused = false;
	}

	/**
	 * Start the server again on its port, having killed it if it still lives, and wait
	 * until it answers.
	 * @throws EmbeddedRedisException if it does not start; the message holds the end of
	 * its log
	 */
	public synchronized void restart() {
		kill();
		start();
		awaitStarted();
	}

	/**
	 * Run a command on this very node, without following redirections.
	 * @param command the command and its arguments
	 * @return the reply in RESP2: a {@code String}, a {@code Long}, a {@code List} of
	 * these, or {@code null}
	 * @throws redis.clients.jedis.exceptions.JedisDataException if the reply is an error
	 * @throws redis.clients.jedis.exceptions.JedisConnectionException if the node cannot
	 * be reached or does not answer within five seconds
	 */
	public @Nullable Object execute(String... command) {
		try (NodeConnection connection = connect()) {
			return connection.execute((Object[]) command);
		}
	}

	/**
	 * Return {@code host:port}.
	 */
	@Override
	public String toString() {
		return HOST + ":" + this.port;
	}

	long pid() {
		return living().pid();
	}

	HostAndPort address() {
		return new HostAndPort(HOST, this.port);
	}

	NodeConnection connect() {
		return NodeConnection.open(address(), this.settings.credentials(), this.settings.tls());
	}

	synchronized void start() {
		List<String> command = new ArrayList<>(List.of(this.binary.toString(), this.configFile.toString()));
		command.addAll(this.arguments);
		this.process = RedisServerProcess.start(command, this.log.file());
	}

	/**
	 * Wait until the server answers.
	 * @throws PortTakenException if another process took a port in the meantime
	 */
	void awaitStarted() {
		Await.until("redis-server on " + this, START_TIMEOUT, () -> {
			if (!isRunning()) {
				throw failure();
			}
			return unanswered();
		});
	}

	synchronized void revive() {
		RedisServerProcess current = this.process;
		if (current == null || !current.isAlive()) {
			restart();
		}
		else if (this.paused) {
			resume();
		}
	}

	private @Nullable String unanswered() {
		try (NodeConnection connection = connect()) {
			// A process that took the port in the meantime may be a Redis, too.
			String info = connection.executeForText("INFO", "server");
			return info.contains("config_file:" + this.configFile) ? null : "another Redis answers";
		}
		catch (JedisException ex) {
			return ex + this.log.tail();
		}
	}

	private RuntimeException failure() {
		String lines = this.log.tail();
		if (PORT_TAKEN.matcher(lines).find()) {
			return new PortTakenException();
		}
		return new EmbeddedRedisException("redis-server on %s ended at its start:%s".formatted(this, lines));
	}

	void identifyAs(String id) {
		this.id = id;
	}

	/**
	 * Return the port that the node announces in a cluster.
	 * @return the port of its proxy, or its own
	 */
	int announcedPort() {
		return this.announcedPort;
	}

	void announceAs(int port) {
		this.announcedPort = port;
	}

	private RedisServerProcess living() {
		RedisServerProcess current = this.process;
		if (current == null || !current.isAlive()) {
			throw new IllegalStateException("redis-server on " + this + " has ended: call restart()");
		}
		return current;
	}

	/**
	 * Another process took the port, or its bus port, between the look and the bind.
	 */
	static final class PortTakenException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
