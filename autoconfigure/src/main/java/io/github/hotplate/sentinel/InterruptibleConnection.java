package io.github.hotplate.sentinel;

import java.io.IOException;

import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

import io.github.hotplate.pool.NodeSocketFactory;

/**
 * A connection that opens with its first command. Not thread-safe, except that any thread
 * may close it, which wakes a blocked reader; it then stays closed.
 */
class InterruptibleConnection extends Connection {

	private volatile boolean closed;

	/**
	 * Create a connection without opening it, so that it can be closed while it opens.
	 * @param address the server
	 * @param config how to connect
	 * @see #initializeFromClientConfig()
	 */
	InterruptibleConnection(HostAndPort address, JedisClientConfig config) {
		super(Connection.builder().socketFactory(new NodeSocketFactory(address, config)).clientConfig(config));
	}

	@Override
	public void connect() {
		super.connect();
		// A concurrent close() may have found no socket to close.
		if (this.closed) {
			disconnectNow();
			throw new JedisConnectionException("The connection was closed while it was in use");
		}
	}

	@Override
	public void close() {
		this.closed = true;
		disconnectNow();
	}

	private void disconnectNow() {
		try {
			forceDisconnect();
		}
		catch (IOException ex) {
			// The socket is given up either way.
			setBroken();
		}
	}

}
