package io.github.hotplate.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import redis.clients.jedis.HostAndPort;

/**
 * A TCP proxy in front of a server that stages what networks do: connections that go
 * silent, are cut or lead to another server, and replies that are late or lost.
 * <p>
 * Each open connection has two daemon threads, named after the proxy's port. Thread-safe.
 *
 * @since 0.1.0
 */
public final class FaultProxy implements AutoCloseable {

	private static final int BACKLOG = 1_000;

	private final ServerSocket server;

	private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();

	private final Queue<ReplyLoss> losses = new ConcurrentLinkedQueue<>();

	private final Gate gate = new Gate();

	private final AtomicLong accepted = new AtomicLong();

	private volatile HostAndPort target;

	private volatile Duration delay = Duration.ZERO;

	private volatile boolean refusing;

	private FaultProxy(ServerSocket server, HostAndPort target) {
		this.server = server;
		this.target = target;
	}

	/**
	 * Start a proxy on a free port of the loopback interface.
	 * @param host the host of the server behind it
	 * @param port the port of that server
	 * @return the proxy
	 * @throws UncheckedIOException if no port can be opened
	 */
	public static FaultProxy to(String host, int port) {
		try {
			FaultProxy proxy = new FaultProxy(new ServerSocket(0, BACKLOG, InetAddress.getByName(RedisNode.HOST)),
					new HostAndPort(host, port));
			proxy.start("accept", proxy::acceptAll);
			return proxy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start a proxy on a free port of the loopback interface.
	 * @param node the server behind it
	 * @return the proxy
	 * @throws UncheckedIOException if no port can be opened
	 */
	public static FaultProxy to(RedisNode node) {
		return to(node.host(), node.port());
	}

	/**
	 * Return the host to connect to.
	 * @return always {@code 127.0.0.1}
	 */
	public String host() {
		return RedisNode.HOST;
	}

	/**
	 * Return the port to connect to.
	 * @return the port
	 */
	public int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Lead new connections to another server. Open ones stay where they are, as after a
	 * change of DNS.
	 * @param host the host of the server
	 * @param port its port
	 */
	public void retarget(String host, int port) {
		this.target = new HostAndPort(host, port);
	}

	/**
	 * Lead new connections to another server. Open ones stay where they are, as after a
	 * change of DNS.
	 * @param node the server
	 */
	public void retarget(RedisNode node) {
		retarget(node.host(), node.port());
	}

	/**
	 * Hold back all bytes in both directions until {@link #thaw()}. Nothing is closed,
	 * and new connections are accepted and silent.
	 */
	public void freeze() {
		this.gate.shut();
	}

	/**
	 * Pass on what was held back, and go on.
	 */
	public void thaw() {
		this.gate.open();
	}

	/**
	 * Drop all further bytes of the open connections without closing them, as a firewall
	 * does that has forgotten them. New connections work.
	 */
	public void forgetConnections() {
		this.connections.forEach(ProxiedConnection::forget);
	}

	/**
	 * Close a connection in place of a reply, after the server has received the request.
	 * @param command the name of the command, in the case in which clients send it. Of
	 * commands that are sent together, all lose their replies
	 * @param count how many replies are lost
	 */
	public void loseReplies(String command, int count) {
		loseReplies(command, countdown(count));
	}

	/**
	 * Close a connection in place of a reply, after the server has received the request.
	 * @param command the name of the command, in the case in which clients send it
	 * @param loses decides for each request with that command whether its reply is lost
	 */
	public void loseReplies(String command, BooleanSupplier loses) {
		this.losses.add(new ReplyLoss(command, loses, true));
	}

	/**
	 * Drop all further replies on a connection once a command was sent on it, and leave
	 * it open.
	 * @param command the name of the command, in the case in which clients send it
	 * @param count on how many connections
	 */
	public void swallowReplies(String command, int count) {
		this.losses.add(new ReplyLoss(command, countdown(count), false));
	}

	private static BooleanSupplier countdown(int count) {
		AtomicInteger left = new AtomicInteger(count);
		return () -> left.getAndDecrement() > 0;
	}

	/**
	 * Deliver replies late.
	 * @param delay how late; zero for no delay
	 */
	public void delay(Duration delay) {
		this.delay = delay;
	}

	/**
	 * Close all open connections.
	 */
	public void cut() {
		this.connections.forEach(ProxiedConnection::close);
	}

	/**
	 * Close new connections at once. Open ones stay.
	 */
	public void refuse() {
		this.refusing = true;
	}

	/**
	 * Accept connections again.
	 */
	public void accept() {
		this.refusing = false;
	}

	/**
	 * Return how many connections are open, forgotten ones included.
	 * @return the number of connections
	 */
	public int connections() {
		return this.connections.size();
	}

	/**
	 * Return how many connections were ever accepted.
	 * @return the number of connections
	 */
	public long accepted() {
		return this.accepted.get();
	}

	private void start(String task, Runnable work) {
		Thread thread = new Thread(work, "fault-proxy-" + port() + "-" + task);
		thread.setDaemon(true);
		thread.start();
	}

	private void acceptAll() {
		while (!this.server.isClosed()) {
			try {
				open(this.server.accept());
			}
			catch (IOException ex) {
				// Either the proxy was closed, or one client has left already.
			}
		}
	}

	@SuppressWarnings("resource") // Closed by its own threads.
	private void open(Socket client) throws IOException {
		if (this.refusing) {
			client.close();
			return;
		}
		Socket redis;
		try {
			redis = new Socket(this.target.getHost(), this.target.getPort());
		}
		catch (IOException ex) {
			client.close();
			return;
		}
		ProxiedConnection connection = new ProxiedConnection(client, redis, this.gate, this::lossOf, () -> this.delay,
				this.connections::remove);
		this.connections.add(connection);
		this.accepted.incrementAndGet();
		start("requests", connection::passRequests);
		start("replies", connection::passReplies);
	}

	private ReplyLoss.Kind lossOf(String request) {
		return this.losses.stream()
			.map((loss) -> loss.of(request))
			.filter((kind) -> kind != ReplyLoss.Kind.NONE)
			.findFirst()
			.orElse(ReplyLoss.Kind.NONE);
	}

	/**
	 * Return {@code host:port}.
	 */
	@Override
	public String toString() {
		return host() + ":" + port();
	}

	/**
	 * Close all connections and the port.
	 */
	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.gate.open();
		cut();
	}

}
