package io.github.hotplate.health;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import redis.clients.jedis.HostAndPort;

/**
 * Accepts connections and never answers.
 */
public final class SilentServer implements AutoCloseable {

	private final ServerSocket serverSocket;

	private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

	private final Thread acceptor = new Thread(this::accept, "silent-server");

	private SilentServer(ServerSocket serverSocket) {
		this.serverSocket = serverSocket;
	}

	public static SilentServer start() {
		try {
			SilentServer server = new SilentServer(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()));
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
				this.sockets.add(this.serverSocket.accept());
			}
			catch (IOException ex) {
				close(this.serverSocket);
			}
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
