package io.github.hotplate.subscription;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
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

	// Guarded by the owner, like the five fields below.
	private final Set<Topic> topics = new HashSet<>();

	// In the order in which they were asked for.
	private final Set<Topic> unconfirmed = new LinkedHashSet<>();

	private final Set<Topic> leaving = new HashSet<>();

	private boolean renewal;

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

	Set<Topic> topics() {
		return this.topics;
	}

	Set<Topic> unconfirmed() {
		return this.unconfirmed;
	}

	boolean serves(Topic topic) {
		return this.topics.contains(topic) && !this.unconfirmed.contains(topic);
	}

	boolean isRenewal() {
		return this.renewal;
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
			this.owner.received(this, reply);
			hear();
			this.delivering = false;
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
	 * Take topics away.
	 * @param retired the topics, which the leg serves
	 */
	void retire(Collection<Topic> retired) {
		for (Topic topic : retired) {
			if (this.topics.remove(topic)) {
				this.unconfirmed.remove(topic);
				this.leaving.add(topic);
				enqueue(new CommandArguments(topic.kind().unsubscribe()).add(topic.bytes()));
			}
		}
	}

	/**
	 * Note that the node has confirmed the end of a subscription.
	 * @param topic what was subscribed to
	 * @return whether the node was asked to end it
	 */
	boolean hasLeft(Topic topic) {
		return this.leaving.remove(topic);
	}

	/**
	 * Give topics to serve.
	 * @param added the topics
	 * @param again whether another leg has served them before
	 */
	void serve(Collection<Topic> added, boolean again) {
		this.renewal = again || (this.renewal && !this.unconfirmed.isEmpty());
		this.topics.addAll(added);
		this.unconfirmed.addAll(added);
		for (TopicKind kind : TopicKind.values()) {
			CommandArguments command = new CommandArguments(kind.subscribe());
			boolean empty = true;
			for (Topic topic : added) {
				if (topic.kind() != kind) {
					continue;
				}
				if (kind == TopicKind.SHARD) {
					// The channels of one command must have one slot.
					enqueue(new CommandArguments(kind.subscribe()).add(topic.bytes()));
				}
				else {
					command.add(topic.bytes());
					empty = false;
				}
			}
			if (!empty) {
				enqueue(command);
			}
		}
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
		 * Take what a node has sent.
		 * @param leg the leg of the node
		 * @param reply the reply
		 */
		void received(Leg leg, Object reply);

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
