package io.github.hotplate.pool;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.LongSupplier;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Connects to a host under one of its addresses. Jedis gives each address the whole
 * time-out; here they share it. Thread-safe.
 */
final class HostConnector {

	private final HostNames names;

	private final LongSupplier nanoTime;

	private final IntUnaryOperator random;

	/**
	 * Create a connector.
	 * @param names leads names to addresses
	 * @param nanoTime tells the time
	 * @param random selects the address to try first
	 */
	HostConnector(HostNames names, LongSupplier nanoTime, IntUnaryOperator random) {
		this.names = names;
		this.nanoTime = nanoTime;
		this.random = random;
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
		long deadline = this.nanoTime.getAsLong() + Duration.ofMillis(timeoutMillis).toNanos();
		for (int i = 0; i < addresses.size(); i++) {
			long millis = Duration.ofNanos(deadline - this.nanoTime.getAsLong()).toMillis() / (addresses.size() - i);
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
			Collections.rotate(addresses, this.random.applyAsInt(addresses.size()));
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
