package io.github.hotplate.benchmark.lostreply;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import io.github.hotplate.test.RedisNode;

/**
 * Stands between clients and a node, and passes on all bytes but some replies to INCR: in
 * their place it closes the connection, when Redis has run the command.
 */
final class LossyProxy implements AutoCloseable {

	private static final String COMMAND = "\r\nINCR\r\n";

	private final RedisNode node;

	private final BooleanSupplier loses;

	private final ServerSocket server;

	private final Set<Closeable> sockets = ConcurrentHashMap.newKeySet();

	/**
	 * Start a proxy.
	 * @param node the node behind it
	 * @param loses asked for each INCR, whether its reply is to be lost
	 */
	LossyProxy(RedisNode node, BooleanSupplier loses) {
		this.node = node;
		this.loses = loses;
		try {
			this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("accept", this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	private void start(String task, Runnable work) {
		Thread thread = new Thread(work, "lossy-proxy-" + this.node.port() + "-" + task);
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				Link link = new Link(this.server.accept(), new Socket(this.node.host(), this.node.port()));
				this.sockets.add(link);
				start("requests", () -> link.run(link::passRequests));
				start("replies", () -> link.run(link::passReplies));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Closeable socket : this.sockets) {
			socket.close();
		}
	}

	/**
	 * One client's connection. Clients that wait for each reply before the next request
	 * are all that it understands.
	 */
	private final class Link implements Closeable {

		private final Socket client;

		private final Socket redis;

		private final byte[] requests = new byte[8192];

		private final byte[] replies = new byte[8192];

		private volatile boolean losing;

		Link(Socket client, Socket redis) throws IOException {
			this.client = client;
			this.redis = redis;
			client.setTcpNoDelay(true);
			redis.setTcpNoDelay(true);
		}

		void run(Passage passage) {
			try (this) {
				boolean more = true;
				while (more) {
					more = passage.pass();
				}
			}
			catch (IOException ex) {
				// The other side has closed it.
			}
		}

		boolean passRequests() throws IOException {
			int length = this.client.getInputStream().read(this.requests);
			if (length > 0) {
				String request = new String(this.requests, 0, length, StandardCharsets.ISO_8859_1);
				if (request.contains(COMMAND) && LossyProxy.this.loses.getAsBoolean()) {
					this.losing = true;
				}
				this.redis.getOutputStream().write(this.requests, 0, length);
			}
			return length >= 0;
		}

		boolean passReplies() throws IOException {
			int length = this.redis.getInputStream().read(this.replies);
			if (length > 0 && !this.losing) {
				this.client.getOutputStream().write(this.replies, 0, length);
			}
			return length >= 0 && !this.losing;
		}

		@Override
		public void close() throws IOException {
			LossyProxy.this.sockets.remove(this);
			this.client.close();
			this.redis.close();
		}

	}

	/**
	 * Passes some bytes on and tells whether there may be more.
	 */
	@FunctionalInterface
	private interface Passage {

		boolean pass() throws IOException;

	}

}
