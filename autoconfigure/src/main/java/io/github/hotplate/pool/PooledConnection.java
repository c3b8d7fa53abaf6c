package io.github.hotplate.pool;

import java.io.IOException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.NodeUnreachableException;

/**
 * A connection that returns to its node's pool when it is closed.
 */
public final class PooledConnection extends Connection {

	private final Owner owner;

	// Published with the connection, by the deque of idle connections.
	private long idleSince;

	// Confined to the thread that borrowed the connection.
	private boolean lent;

	private volatile boolean retired;

	private volatile boolean abandoned;

	PooledConnection(Owner owner, HostAndPort address, JedisClientConfig config) {
		super(Connection.builder().socketFactory(new NodeSocketFactory(address, config)).clientConfig(config));
		this.owner = owner;
	}

	/**
	 * Connect and log in. Jedis' own method is public in Jedis 7 only.
	 * @param config the configuration of the connection
	 */
	void initialize(JedisClientConfig config) {
		initializeFromClientConfig(config);
	}

	public HostAndPort address() {
		return this.owner.address();
	}

	/**
	 * Read a reply. Whoever reads an error with which the server closes the connection
	 * finds it broken.
	 * @param input where replies come from
	 * @return the reply
	 */
	@Override
	protected Object protocolRead(RedisInputStream input) {
		try {
			return super.protocolRead(input);
		}
		catch (JedisDataException ex) {
			if (ErrorReply.of(ex).breaksConnection()) {
				setBroken();
			}
			throw ex;
		}
	}

	/**
	 * Use the connection for one exchange. After a failure that may leave a reply unread,
	 * the connection is not reused, because that reply would answer the next command.
	 * @param <T> the type of the reply
	 * @param exchange sends and receives
	 * @return the reply
	 */
	public <T extends @Nullable Object> T useOrBreak(Function<Connection, T> exchange) {
		boolean answered = false;
		try {
			T reply = exchange.apply(this);
			answered = true;
			return reply;
		}
		catch (JedisDataException ex) {
			answered = true;
			throw ex;
		}
		finally {
			if (!answered) {
				setBroken();
			}
		}
	}

	public void flushRequests() {
		flush();
	}

	long idleSince() {
		return this.idleSince;
	}

	void idleSince(long nanoTime) {
		this.idleSince = nanoTime;
	}

	void lend() {
		this.lent = true;
	}

	@Override
	public void close() {
		// Closing twice must not release another caller's permit.
		if (this.lent) {
			this.lent = false;
			this.owner.release(this);
		}
	}

	/**
	 * Close the socket while a thread uses the connection, which wakes the thread: Jedis
	 * has no time-out for writes or for blocking commands. Thread-safe.
	 */
	public void abandon() {
		this.abandoned = true;
		closeSocket();
	}

	/**
	 * Check that a caller that holds the connection may still use it.
	 * @throws NodeUnreachableException if not; nothing was sent
	 */
	public void checkHeld() {
		this.owner.checkFence();
		if (this.abandoned) {
			throw new NodeUnreachableException(abandonment(), null);
		}
		// A late reply would answer the next command, and keys may be watched no more.
		if (super.isBroken()) {
			throw new NodeUnreachableException("The connection to " + address()
					+ " was lost, and with it the keys that it watched; nothing was sent", null);
		}
	}

	/**
	 * Connect, unless the connection was abandoned: a new socket would lose watched keys
	 * and would never be closed.
	 */
	@Override
	public void connect() {
		if (this.abandoned) {
			throw new JedisConnectionException(abandonment());
		}
		super.connect();
	}

	private String abandonment() {
		return "The connection to " + address() + " was abandoned: the node was removed or demoted and does not answer";
	}

	/**
	 * Close the connection when it is returned, without disturbing its user. Thread-safe.
	 */
	void retire() {
		this.retired = true;
	}

	@Override
	public boolean isBroken() {
		return this.retired || this.abandoned || super.isBroken();
	}

	void closeSocket() {
		try {
			forceDisconnect();
		}
		catch (IOException ex) {
			// The socket is discarded either way.
			setBroken();
		}
	}

	/**
	 * Takes back connections that are closed.
	 */
	interface Owner {

		/**
		 * Return the node.
		 * @return its address
		 */
		HostAndPort address();

		/**
		 * Take back a connection.
		 * @param connection the connection
		 */
		void release(PooledConnection connection);

		/**
		 * Check that connections in use may still be used.
		 * @throws NodeUnreachableException if not; nothing was sent
		 */
		void checkFence();

	}

}
