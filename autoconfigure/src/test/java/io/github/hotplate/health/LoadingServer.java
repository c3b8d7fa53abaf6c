package io.github.hotplate.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import redis.clients.jedis.HostAndPort;

/**
 * Answers every command as a server does that reads a large file of data, until it is
 * told to have read it.
 */
final class LoadingServer implements AutoCloseable {

	private static final byte[] LOADING = "-LOADING Redis is loading the dataset in memory\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	private static final byte[] PONG = "+PONG\r\n".getBytes(StandardCharsets.US_ASCII);

	private final ServerSocket serverSocket;

	private volatile boolean loaded;

	private LoadingServer(ServerSocket serverSocket) {
		this.serverSocket = serverSocket;
	}

	static LoadingServer start() {
		try {
			LoadingServer server = new LoadingServer(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()));
			Thread thread = new Thread(server::serve, "loading-server");
			thread.setDaemon(true);
			thread.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void serve() {
		while (!this.serverSocket.isClosed()) {
			try (Socket socket = this.serverSocket.accept()) {
				byte[] buffer = new byte[1_000];
				while (socket.getInputStream().read(buffer) > 0) {
					socket.getOutputStream().write(this.loaded ? PONG : LOADING);
				}
			}
			catch (IOException ex) {
				// The client has gone, or the server is closed.
				continue;
			}
		}
	}

	void load() {
		this.loaded = true;
	}

	HostAndPort address() {
		return new HostAndPort(this.serverSocket.getInetAddress().getHostAddress(), this.serverSocket.getLocalPort());
	}

	@Override
	public void close() throws IOException {
		this.serverSocket.close();
	}

}
