package io.github.hotplate.subscription;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.support.DaemonThreads;

/**
 * The part of a subscription that one node serves: a connection, and the thread that
 * reads it. A leg lives as long as its connection and is never connected twice.
 */
final class Leg implements AutoCloseable {

	private static final long NOT_ASKED = 0;

	private final HostAndPort node;

	private final Owner owner;

	private final Function<HostAndPort, PooledConnection> connections;

	private final LongSupplier nanoTime;

	private final Thread thread;

	private final Queue<CommandArguments> unsent = new ConcurrentLinkedQueue<>();

	private final ReentrantLock sending = new ReentrantLock();

	// Guarded by the owner, like the field below.
	private final LegTopics topics = new LegTopics(this::enqueue);

	private boolean connected;

	private volatile @Nullable PooledConnection connection;

	private volatile boolean closed;

	private volatile boolean delivering;

	private volatile long heardAt;

	// When the node was asked for a sign of life that has not come yet.
	private volatile long askedAt = NOT_ASKED;

	Leg(String client, HostAndPort node, Owner owner, Function<HostAndPort, PooledConnection> connections,
			LongSupplier nanoTime) {
		this.node = node;
		this.owner = owner;
		this.connections = connections;
		this.nanoTime = nanoTime;
		this.heardAt = nanoTime.getAsLong();
		this.thread = DaemonThreads.create(client, "subscription-" + node, this::run);
	}

	HostAndPort node() {
		return this.node;
	}

	LegTopics topics() {
		return this.topics;
	}

	boolean isConnected() {
		return this.connected;
	}

	void setConnected() {
		this.connected = true;
	}

	long heardAt() {
		return this.heardAt;
	}

	void start() {
		this.thread.start();
	}

	private void run() {
		try (PooledConnection opened = this.connections.apply(this.node)) {
			this.connection = opened;
			try {
				// Checked after the assignment, so that close() closes the connection.
				if (!this.closed) {
					listen(opened);
				}
			}
			finally {
				// Redis would go on sending messages.
				opened.setBroken();
			}
		}
		catch (RuntimeException ex) {
			this.owner.lost(this, ex);
		}
		catch (Error ex) {
			// Out of memory, for instance: the next leg may have better luck.
			this.owner.lost(this, new JedisConnectionException(ex));
		}
	}

	private void listen(PooledConnection opened) {
		opened.setTimeoutInfinite();
		hear();
		this.owner.connected(this);
		while (!this.closed) {
			Object reply = read(opened);
			hear();
			this.delivering = true;
			pass(reply);
			hear();
			this.delivering = false;
		}
	}

	private void pass(Object reply) {
		// In RESP3 the answer to a heartbeat is no list.
		if (!(reply instanceof List<?> parts) || !(parts.get(0) instanceof byte[] word)) {
			return;
		}
		for (TopicKind kind : TopicKind.values()) {
			if (kind.isMessage(word)) {
				this.owner.received(this, kind, parts);
				return;
			}
		}
		if (parts.get(1) instanceof byte[] name) {
			for (TopicKind kind : TopicKind.values()) {
				if (kind.isSubscribed(word)) {
					this.owner.subscribed(this, Topic.of(kind, name));
				}
				else if (kind.isUnsubscribed(word)) {
					this.owner.unsubscribed(this, Topic.of(kind, name));
				}
			}
		}
	}

	private Object read(PooledConnection opened) {
		while (true) {
			try {
				return opened.getUnflushedObject();
			}
			catch (JedisDataException ex) {
				if (!this.owner.refused(this, ex)) {
					throw ex;
				}
			}
		}
	}

	private void hear() {
		this.heardAt = this.nanoTime.getAsLong();
		this.askedAt = NOT_ASKED;
	}

	/**
	 * Note a command without sending it, so that commands keep the order in which the
	 * topics changed.
	 * @param command subscribes or unsubscribes
	 */
	void enqueue(CommandArguments command) {
		this.unsent.add(command);
	}

	/**
	 * Send what was noted. Called without locks, because a node that has stopped reading
	 * blocks its writer.
	 */
	void flush() {
		while (!this.unsent.isEmpty() && this.sending.tryLock()) {
			try {
				PooledConnection opened = this.connection;
				CommandArguments command;
				if (opened == null) {
					return;
				}
				while ((command = this.unsent.poll()) != null) {
					opened.sendCommand(command);
					opened.flushRequests();
				}
			}
			catch (RuntimeException ex) {
				// The thread that reads finds out, too.
				this.owner.lost(this, ex);
				close();
				return;
			}
			finally {
				this.sending.unlock();
			}
		}
	}

	/**
	 * Ask a silent node for a sign of life.
	 * @param silence how long a node may be silent, in nanoseconds
	 * @param patience how long to wait for its answer, in nanoseconds
	 * @return whether the answer is overdue
	 */
	boolean isOverdue(long silence, long patience) {
		PooledConnection opened = this.connection;
		long now = this.nanoTime.getAsLong();
		// A listener that takes its time is no silent node.
		if (opened == null || this.delivering || now - this.heardAt < silence) {
			return false;
		}
		long asked = this.askedAt;
		if (asked != NOT_ASKED) {
			return now - asked >= patience;
		}
		this.askedAt = (now != NOT_ASKED) ? now : 1;
		// A writer that is blocked has asked already.
		if (this.sending.tryLock()) {
			try {
				opened.sendCommand(Command.PING);
				opened.flushRequests();
			}
			catch (RuntimeException ex) {
				return true;
			}
			finally {
				this.sending.unlock();
			}
			// What was noted meanwhile found the lock taken.
			flush();
		}
		return false;
	}

	/**
	 * Close the connection, which ends the thread. Never blocks.
	 */
	@Override
	public void close() {
		this.closed = true;
		this.thread.interrupt();
		PooledConnection opened = this.connection;
		if (opened != null) {
			opened.abandon();
		}
	}

	/**
	 * What the leg belongs to.
	 */
	interface Owner {

		/**
		 * Note that a leg can be used.
		 * @param leg the leg
		 */
		void connected(Leg leg);

		/**
		 * Take a message.
		 * @param leg the leg of the node that has sent it
		 * @param kind the kind of topic that it belongs to
		 * @param message the message, as Redis sends it
		 */
		void received(Leg leg, TopicKind kind, List<?> message);

		/**
		 * Note that a node has confirmed a subscription.
		 * @param leg the leg of the node
		 * @param topic what is subscribed to
		 */
		void subscribed(Leg leg, Topic topic);

		/**
		 * Note that a node has ended a subscription, asked or unasked.
		 * @param leg the leg of the node
		 * @param topic what is no longer subscribed to
		 */
		void unsubscribed(Leg leg, Topic topic);

		/**
		 * Note that a node has answered with an error. A node that does not serve the
		 * slot of a shard channel still serves others.
		 * @param leg the leg of the node
		 * @param reply the error
		 * @return whether the leg can be used further on
		 */
		boolean refused(Leg leg, JedisDataException reply);

		/**
		 * Note that a leg has ended.
		 * @param leg the leg
		 * @param cause the reason
		 */
		void lost(Leg leg, RuntimeException cause);

	}

}
