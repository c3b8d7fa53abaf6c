package io.github.hotplate.cluster;

import java.io.IOException;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.TransactionCommand;

/**
 * A connection that goes back to its node's pool when it is closed.
 */
final class PooledConnection extends Connection {

	private final NodePool pool;

	private long idleSince;

	private boolean lent;

	PooledConnection(NodePool pool, HostAndPort address, JedisClientConfig config) {
		super(Connection.builder().socketFactory(new DefaultJedisSocketFactory(address, config)).clientConfig(config));
		this.pool = pool;
	}

	NodePool pool() {
		return this.pool;
	}

	/**
	 * Run a command. After anything but a reply, the connection is not used again: what
	 * is left unread on it would answer the next command.
	 * @param <T> the type of the reply
	 * @param command the command
	 * @return the reply
	 */
	<T> T executeOrBreak(CommandObject<T> command) {
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

	void flushRequests() {
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
