package io.github.hotplate.pool;

import java.io.IOException;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.TransactionCommand;
import io.github.hotplate.execution.NodeUnreachableException;

/**
 * A connection that goes back to its node's pool when it is closed.
 */
public final class PooledConnection extends Connection {

	private final NodePool pool;

	private long idleSince;

	private boolean lent;

	private volatile boolean retired;

	private volatile boolean abandoned;

	PooledConnection(NodePool pool, HostAndPort address, JedisClientConfig config) {
		super(Connection.builder().socketFactory(new DefaultJedisSocketFactory(address, config)).clientConfig(config));
		this.pool = pool;
	}

	/**
	 * Connect and log in. The method that Jedis has for it is public in Jedis 7 only.
	 * @param config the configuration that the connection was made with
	 */
	void initialize(JedisClientConfig config) {
		initializeFromClientConfig(config);
	}

	public NodePool pool() {
		return this.pool;
	}

	/**
	 * Run a command. After anything but a reply, the connection is not used again: what
	 * is left unread on it would answer the next command.
	 * @param <T> the type of the reply
	 * @param command the command
	 * @return the reply
	 */
	public <T> T executeOrBreak(CommandObject<T> command) {
		boolean answered = false;
		try {
			T reply = (command instanceof TransactionCommand transaction)
					? command.getBuilder().build(WireTransaction.run(transaction.getCommands(), this))
					: executeCommand(command);
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
		// Whoever closes twice must not free a permit that others hold.
		if (this.lent) {
			this.lent = false;
			this.pool.release(this);
		}
	}

	/**
	 * Close the socket under whoever uses the connection, which wakes him: Jedis has no
	 * time-out for writes, and none for commands that block. Safe in any thread.
	 */
	void abandon() {
		this.abandoned = true;
		closeSocket();
	}

	/**
	 * Check that whoever has held the connection for a while may use it again.
	 * @throws NodeUnreachableException if not: nothing was sent
	 */
	public void checkHeld() {
		this.pool.checkFence();
		if (this.abandoned) {
			throw new NodeUnreachableException(abandonment(), null);
		}
	}

	/**
	 * Connect, unless that was undone: what was watched would be forgotten, and nobody
	 * would close the connection.
	 */
	@Override
	public void connect() {
		if (this.abandoned) {
			throw new JedisConnectionException(abandonment());
		}
		super.connect();
	}

	private String abandonment() {
		return "The connection to " + this.pool.address()
				+ " was abandoned, since the node was silent when it was given up";
	}

	/**
	 * Have the connection closed when it comes back. Whoever uses it is left alone. Safe
	 * in any thread.
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
			// The socket is given up either way.
			setBroken();
		}
	}

}
