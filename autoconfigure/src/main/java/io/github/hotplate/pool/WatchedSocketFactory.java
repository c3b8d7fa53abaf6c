package io.github.hotplate.pool;

import java.io.IOException;
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

	private WatchedSocket.Lookout lookout = (socket) -> {
	};

	private volatile @Nullable WatchedSocket socket;

	WatchedSocketFactory(HostAndPort address, JedisClientConfig config) {
		super(address, config);
		this.sockets = new NodeSocketFactory(address, config);
	}

	void lookout(WatchedSocket.Lookout lookout) {
		this.lookout = lookout;
	}

	@Nullable WatchedSocket socket() {
		return this.socket;
	}

	@Override
	public Socket createSocket() {
		Socket plain = this.sockets.createSocket();
		try {
			WatchedSocket watched = new WatchedSocket(plain, this.lookout, System::nanoTime);
			this.socket = watched;
			return watched;
		}
		catch (IOException ex) {
			throw new JedisConnectionException("Failed to create socket.", ex);
		}
	}

}
