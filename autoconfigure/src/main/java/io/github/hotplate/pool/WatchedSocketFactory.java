package io.github.hotplate.pool;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Opens the socket of one connection, and keeps it at hand. Jedis shows it to nobody.
 */
final class WatchedSocketFactory extends DefaultJedisSocketFactory {

	private final NodeSocketFactory sockets;

	private final NodeMonitor monitor;

	private WatchedSocket.Lookout lookout = (socket) -> {
	};

	private volatile @Nullable WatchedSocket socket;

	// Written before the connection is published, and kept when it is closed.
	private @Nullable InetSocketAddress peer;

	/**
	 * Create a factory.
	 * @param address the server
	 * @param config how to connect
	 * @param monitor counts the socket when it is opened and closed
	 */
	WatchedSocketFactory(HostAndPort address, JedisClientConfig config, NodeMonitor monitor) {
		super(address, config);
		this.sockets = new NodeSocketFactory(address, config);
		this.monitor = monitor;
	}

	void lookout(WatchedSocket.Lookout lookout) {
		this.lookout = lookout;
	}

	@Nullable WatchedSocket socket() {
		return this.socket;
	}

	@Nullable InetSocketAddress peer() {
		return this.peer;
	}

	@Override
	public Socket createSocket() {
		Socket plain = this.sockets.createSocket();
		try {
			WatchedSocket watched = new WatchedSocket(plain, this.lookout, System::nanoTime,
					this.monitor::socketClosed);
			this.monitor.socketOpened();
			this.socket = watched;
			this.peer = (plain.getRemoteSocketAddress() instanceof InetSocketAddress address) ? address : null;
			return watched;
		}
		catch (IOException ex) {
			throw new JedisConnectionException("Failed to create socket.", ex);
		}
	}

}
