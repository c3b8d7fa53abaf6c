package io.github.hotplate.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Connects to a host under one of its addresses. Jedis gives each address the whole
 * time-out; here they share it. Thread-safe.
 */
final class HostConnector {

	private final HostNames names;

	HostConnector(HostNames names) {
		this.names = names;
	}

	/**
	 * Connect to a server.
	 * @param server the server
	 * @param timeoutMillis how long to wait
	 * @return a connected socket
	 * @throws JedisConnectionException if no address accepts the connection; the failure
	 * of each is suppressed in it
	 */
	Socket connect(HostAndPort server, int timeoutMillis) {
		List<InetAddress> addresses = addresses(server);
		JedisConnectionException failure = new JedisConnectionException("Failed to connect to " + server + ".");
		long deadline = System.nanoTime() + Duration.ofMillis(timeoutMillis).toNanos();
		for (int i = 0; i < addresses.size(); i++) {
			long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis() / (addresses.size() - i);
			try {
				return connect(new InetSocketAddress(addresses.get(i), server.getPort()), (int) Math.max(1, millis));
			}
			catch (IOException ex) {
				failure.addSuppressed(ex);
			}
		}
		throw failure;
	}

	private List<InetAddress> addresses(HostAndPort server) {
		try {
			List<InetAddress> addresses = new ArrayList<>(this.names.addresses(server.getHost()));
			Collections.shuffle(addresses);
			return addresses;
		}
		catch (IOException ex) {
			throw new JedisConnectionException("Failed to create socket.", ex);
		}
	}

	private static Socket connect(InetSocketAddress address, int timeoutMillis) throws IOException {
		Socket socket = new Socket();
		boolean connected = false;
		try {
			socket.setReuseAddress(true);
			socket.setKeepAlive(true);
			socket.setTcpNoDelay(true);
			// Closing drops what is left to send, instead of waiting for it.
			socket.setSoLinger(true, 0);
			socket.connect(address, timeoutMillis);
			connected = true;
			return socket;
		}
		finally {
			if (!connected) {
				socket.close();
			}
		}
	}

}
