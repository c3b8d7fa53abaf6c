package io.github.hotplate.hotkey;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.DedicatedConnections;

/**
 * The connection to the primary of one slot, opened on demand and reopened after the slot
 * has moved. Not thread-safe.
 */
final class TrackerConnection implements AutoCloseable {

	/**
	 * Firewalls and Redis' {@code timeout} drop connections that are idle for longer, and
	 * the name of the primary may lead to another server by then.
	 */
	private static final long MAX_AGE = Duration.ofSeconds(30).toNanos();

	private final DedicatedConnections connections;

	private final int slot;

	private final Duration timeout;

	private final LongSupplier nanoTime;

	private @Nullable Connection connection;

	private @Nullable HostAndPort node;

	private long openedAt;

	TrackerConnection(DedicatedConnections connections, int slot, Duration timeout, LongSupplier nanoTime) {
		this.connections = connections;
		this.slot = slot;
		this.timeout = timeout;
		this.nanoTime = nanoTime;
	}

	/**
	 * Return the connection, which this instance keeps and closes.
	 * @return the connection to the currently known primary
	 * @throws JedisException if there is no primary, or if it cannot be reached
	 */
	Connection get() {
		HostAndPort primary = this.connections.primaryOf(this.slot);
		if (primary == null) {
			this.connections.requestRefresh();
			throw new JedisException("No node serves slot " + this.slot);
		}
		long now = this.nanoTime.getAsLong();
		Connection current = this.connection;
		if (current == null || !primary.equals(this.node) || now - this.openedAt > MAX_AGE) {
			close();
			current = open(primary);
			this.openedAt = now;
		}
		return current;
	}

	private Connection open(HostAndPort primary) {
		try {
			Connection opened = this.connections.open(primary, this.timeout);
			this.connection = opened;
			this.node = primary;
			return opened;
		}
		catch (JedisException ex) {
			this.connections.requestRefresh();
			throw ex;
		}
	}

	/**
	 * Drop the connection after a failure.
	 */
	void failed() {
		close();
		this.connections.requestRefresh();
	}

	/**
	 * Note that the node has refused a command.
	 * @param refusal the reason
	 */
	void refused(JedisDataException refusal) {
		ErrorReply reply = ErrorReply.of(refusal);
		if (reply.breaksConnection() || reply.isWrongNode()) {
			close();
		}
		if (reply.isRefused()) {
			this.connections.requestRefresh();
		}
	}

	@Override
	public void close() {
		Connection current = this.connection;
		this.connection = null;
		if (current != null) {
			try {
				current.close();
			}
			catch (JedisException ex) {
				// Closing flushes, which a dead connection cannot do.
				current.setBroken();
			}
		}
	}

}
