package io.github.hotplate.pool;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.RedisInputStream;

import io.github.hotplate.command.BlockingCommands;
import io.github.hotplate.command.ErrorReplies;
import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.CallInterruptedException;
import io.github.hotplate.execution.ClientClosedException;
import io.github.hotplate.execution.ClientClosing;
import io.github.hotplate.execution.NoReplyException;
import io.github.hotplate.execution.NodeUnreachableException;

/**
 * A connection that returns to its node's pool when it is closed.
 */
public final class PooledConnection extends Connection {

	private static final byte ERROR = '-';

	private final Owner owner;

	private final WatchedSocketFactory sockets;

	private final ReplyWaits waits;

	// Published with the connection, by the deque of idle connections.
	private long idleSince;

	// Confined to the thread that borrowed the connection, like the fields below.
	private long readyAt;

	private long readyNanos;

	private boolean lent;

	private int inspectedIn;

	private boolean inspected;

	private long serverProcess;

	private boolean ended;

	private boolean opened;

	private @Nullable NoReplyException noReply;

	private volatile boolean exchanging;

	private volatile boolean held;

	private volatile boolean retired;

	private volatile boolean abandoned;

	PooledConnection(Owner owner, HostAndPort address, JedisClientConfig config) {
		this(owner, new WatchedSocketFactory(address, config, owner.monitor()), config);
	}

	private PooledConnection(Owner owner, WatchedSocketFactory sockets, JedisClientConfig config) {
		super(Connection.builder().socketFactory(sockets).clientConfig(config));
		this.owner = owner;
		this.sockets = sockets;
		this.waits = new ReplyWaits(this, sockets, owner.closing(), owner::unblock);
		sockets.lookout(this.waits::lookAround);
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
	 * Return where the connection leads.
	 * @return the address of the server, or {@code null} before the connection is opened
	 */
	public @Nullable InetSocketAddress peer() {
		return this.sockets.peer();
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
		if (this.held) {
			this.exchanging = true;
		}
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
			if (this.held) {
				this.exchanging = false;
			}
		}
	}

	@Override
	public <T> T executeCommand(CommandObject<T> command) {
		Duration timeout = command.getArguments().isBlocking() ? BlockingCommands.timeout(command.getArguments())
				: null;
		return (timeout != null) ? this.waits.execute(command, timeout) : super.executeCommand(command);
	}

	/**
	 * Read a reply of Redis. Without one in time, nothing is read anymore: the reply
	 * might still come, and would answer the next command.
	 */
	@Override
	protected Object readProtocolWithCheckingBroken() {
		NoReplyException before = this.noReply;
		if (before != null) {
			throw before;
		}
		try {
			return super.readProtocolWithCheckingBroken();
		}
		catch (JedisDataException ex) {
			// What is still to be read can be read, but nothing more is sent.
			if (ErrorReply.of(ex).breaksConnection()) {
				this.ended = true;
			}
			throw ex;
		}
		catch (JedisConnectionException ex) {
			if (ex.getCause() instanceof SocketTimeoutException) {
				NoReplyException timeout = new NoReplyException(address(), ex);
				this.noReply = timeout;
				throw timeout;
			}
			// The system says no more than that the socket is closed.
			throw this.abandoned ? new JedisConnectionException(abandonment(), ex) : ex;
		}
	}

	/**
	 * Read a reply from the stream. Jedis fails to read errors that begin like a
	 * redirection and name no node, as those of scripts may.
	 */
	@Override
	protected Object protocolRead(RedisInputStream input) {
		if (input.peek(ERROR)) {
			throw ErrorLine.read(input);
		}
		try {
			return super.protocolRead(input);
		}
		catch (JedisException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// Within EXEC, for instance. What follows is still to be read.
			setBroken();
			throw ErrorReplies
				.custom("Redis replied with an error that looks like a redirection and is none: " + ex.getMessage());
		}
	}

	/**
	 * Read the reply to a command of a pipeline that may block. An interrupt, or closing
	 * the client, ends the wait as it does for a single command.
	 * @param command the command
	 * @return the reply
	 * @throws ClientClosedException if the client was closed and the command did not run
	 * @throws CallInterruptedException if the thread was interrupted and the command did
	 * not run
	 */
	public @Nullable Object awaitReply(CommandArguments command) {
		return this.waits.await(command);
	}

	/**
	 * Find out what Redis must know to let a command go that waits. To be called before
	 * anything is written of a pipeline with such a command, since it needs a round trip.
	 */
	public void prepareToWait() {
		this.waits.prepare();
	}

	/**
	 * Wait for replies for a moment only, until {@link #rollbackTimeout()} is called.
	 */
	public void hurry() {
		this.waits.hurry();
	}

	/**
	 * Check that the server answers, for a caller that is about to use the connection.
	 * @param millis how long to wait
	 * @return whether it does, even with an error
	 */
	boolean answersWithin(int millis) {
		WatchedSocket socket = this.sockets.socket();
		if (socket == null) {
			return false;
		}
		try {
			socket.setSoTimeout(millis);
			boolean answers = Alive.isAnswer(this);
			rollbackTimeout();
			return answers;
		}
		catch (SocketException | RuntimeException ex) {
			// For instance, Jedis cannot cast replies in subscribed mode.
			return false;
		}
	}

	/**
	 * Look whether the server has closed the connection, without asking it.
	 * @return whether the connection is of no use
	 */
	boolean hasEnded() {
		WatchedSocket socket = this.sockets.socket();
		if (socket == null || isBroken() || socket.isEnded()) {
			return true;
		}
		try {
			rollbackTimeout();
			return false;
		}
		catch (JedisConnectionException ex) {
			return true;
		}
	}

	public void flushRequests() {
		flush();
	}

	/**
	 * Note that a caller keeps the connection between its commands, so that closing the
	 * client need not wait for it.
	 */
	public void hold() {
		this.held = true;
		this.owner.hold();
	}

	/**
	 * Tell whether closing the client must wait for a reply.
	 * @return whether a command is running that does not block
	 */
	boolean isRunning() {
		return !this.held || this.exchanging;
	}

	long idleSince() {
		return this.idleSince;
	}

	void idleSince(long nanoTime) {
		this.idleSince = nanoTime;
	}

	/**
	 * Note that the connection can be used.
	 * @param nanoTime when
	 * @param nanos how long it took to open the connection or to check it
	 */
	void ready(long nanoTime, long nanos) {
		this.readyAt = nanoTime;
		this.readyNanos = nanos;
	}

	long readyAt() {
		return this.readyAt;
	}

	long readyNanos() {
		return this.readyNanos;
	}

	/**
	 * Return what was noted about the server.
	 * @return a number for the server process, or 0 if none was noted
	 */
	public long serverProcess() {
		return this.serverProcess;
	}

	/**
	 * Note which server process the connection leads to.
	 * @param process a number for the process
	 */
	public void serverProcess(long process) {
		this.serverProcess = process;
	}

	void lend() {
		this.lent = true;
	}

	/**
	 * Note that the connection is to be inspected.
	 * @param round the number of the round
	 * @return whether it is usable and was not inspected in that round
	 */
	boolean enterRound(int round) {
		if (this.inspectedIn == round || isBroken()) {
			return false;
		}
		this.inspectedIn = round;
		this.inspected = true;
		return true;
	}

	/**
	 * Note that an inspection is over, if there was one.
	 * @return whether there was
	 */
	boolean leaveInspection() {
		boolean was = this.inspected;
		this.inspected = false;
		return was;
	}

	@Override
	public void close() {
		// Closing twice must not release another caller's permit.
		if (this.lent) {
			this.lent = false;
			if (this.held) {
				this.held = false;
				this.owner.unhold();
			}
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
		this.owner.closing().checkOpen();
		this.owner.checkFence();
		if (this.abandoned) {
			throw new NodeUnreachableException(abandonment(), null);
		}
		if (this.waits.isLeft()) {
			throw new NodeUnreachableException(
					"The name of " + address()
							+ " leads to another server now than to the one whose keys are watched; nothing was sent",
					null);
		}
		// A late reply would answer the next command, and keys may be watched no more.
		if (this.ended || super.isBroken()) {
			throw new NodeUnreachableException("The connection to " + address()
					+ " was lost, and with it the keys that it watched; nothing was sent", null);
		}
	}

	/**
	 * Check that the next reply belongs to the next command.
	 * @throws JedisConnectionException if not; nothing was sent
	 */
	public void checkInStep() {
		if (this.ended || super.isBroken()) {
			throw new JedisConnectionException("The connection to " + address() + " was lost");
		}
	}

	/**
	 * Connect once. Jedis would open a new socket when the first is closed, by an
	 * interrupt for instance: without login and watched keys, and never to be closed.
	 */
	@Override
	public void connect() {
		if (this.abandoned) {
			throw new JedisConnectionException(abandonment());
		}
		if (!this.opened) {
			super.connect();
			this.opened = true;
		}
		else if (!isConnected()) {
			setBroken();
			throw new JedisConnectionException("The connection to " + address() + " is closed");
		}
	}

	private String abandonment() {
		return this.owner.closing().endsWaits()
				? "The connection to " + address() + " was closed together with its client" : "The connection to "
						+ address() + " was abandoned: the node was removed or demoted and does not answer";
	}

	/**
	 * Close the connection when it is returned, without disturbing its user. Thread-safe.
	 */
	void retire() {
		this.retired = true;
	}

	/**
	 * Note that new connections lead to another server. Thread-safe.
	 */
	void leaveServer() {
		this.waits.leave();
		retire();
	}

	/**
	 * Tell whether a command on the connection waits until something happens.
	 * @return whether it may wait for long
	 */
	boolean isBlocked() {
		return this.waits.isBlocked();
	}

	/**
	 * Have the server let go the command that waits. Thread-safe.
	 * @param other another connection to the server, of the calling thread
	 */
	void letGo(Connection other) {
		this.waits.letGo(other);
	}

	@Override
	public boolean isBroken() {
		return this.ended || this.retired || this.abandoned || super.isBroken();
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
		 * Return what watches the connections.
		 * @return the monitor of the node
		 */
		NodeMonitor monitor();

		/**
		 * Take back a connection.
		 * @param connection the connection
		 */
		void release(PooledConnection connection);

		/**
		 * Return how far the client has been closed.
		 * @return the state of the client
		 */
		ClientClosing closing();

		/**
		 * Note that a connection is kept for long.
		 */
		void hold();

		/**
		 * Note that a connection is no longer kept.
		 */
		void unhold();

		/**
		 * Ask Redis to let a blocked command go, on another connection.
		 * @param client the connection that waits for its reply
		 * @return {@link ProbeResult#ANSWERED} if a reply will come, or
		 * {@link ProbeResult#NOT_ASKED} if no connection was free
		 */
		ProbeResult unblock(ServerSideClient client);

		/**
		 * Check that connections in use may still be used.
		 * @throws NodeUnreachableException if not; nothing was sent
		 */
		void checkFence();

	}

}
