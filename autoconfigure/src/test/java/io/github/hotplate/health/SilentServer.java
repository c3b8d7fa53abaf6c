package io.github.hotplate.health;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import redis.clients.jedis.HostAndPort;

/**
 * Accepts connections and never answers, apart from the question whether it is there, if
 * that is wanted.
 */
public final class SilentServer implements AutoCloseable {

	private static final byte[] PONG = "+PONG\r\n".getBytes(StandardCharsets.US_ASCII);

	private final ServerSocket serverSocket;

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final Thread acceptor = new Thread(this::accept, "silent-server");

	private final boolean greeting;

	private SilentServer(ServerSocket serverSocket, boolean greeting) {
		this.serverSocket = serverSocket;
		this.greeting = greeting;
	}

	public static SilentServer start() {
		return start(false);
	}

	/**
	 * Start a server that answers what it is asked when a connection opens, and nothing
	 * else.
	 * @return the server
	 */
	public static SilentServer greeting() {
		return start(true);
	}

	private static SilentServer start(boolean greeting) {
		try {
			SilentServer server = new SilentServer(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()),
					greeting);
			server.acceptor.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() {
		while (!this.serverSocket.isClosed()) {
			try {
				Socket socket = this.serverSocket.accept();
				this.sockets.add(socket);
				if (this.greeting) {
					greet(socket);
				}
			}
			catch (IOException ex) {
				close(this.serverSocket);
			}
		}
	}

	private static void greet(Socket socket) {
		try {
			socket.getOutputStream().write(PONG);
		}
		catch (IOException ex) {
			// The client has closed it in the meantime, and others may come.
			close(socket);
		}
	}

	public HostAndPort address() {
		return new HostAndPort(this.serverSocket.getInetAddress().getHostAddress(), this.serverSocket.getLocalPort());
	}

	@Override
	public void close() {
		close(this.serverSocket);
		// The port is not free until the thread has left it.
		Awaitility.await().until(() -> !this.acceptor.isAlive());
		this.sockets.forEach(SilentServer::close);
	}

	private static void close(Closeable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
