package io.github.hotplate.pool;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.command.BlockingCommands;
import io.github.hotplate.execution.CallInterruptedException;
import io.github.hotplate.execution.ClientClosedException;
import io.github.hotplate.execution.ClientClosing;
import io.github.hotplate.execution.NothingSentException;

/**
 * How one connection waits for replies that may take longer than others, or must not take
 * as long. Confined to the thread that borrowed the connection.
 */
final class ReplyWaits {

	private static final int HURRY_MILLIS = 50;

	private final Connection connection;

	private final WatchedSocketFactory sockets;

	private final ClientClosing closing;

	private final Function<ServerSideClient, ProbeResult> unblock;

	private @Nullable ServerSideClient serverSide;

	private @Nullable BlockedCall blocked;

	/**
	 * Create an instance for a connection.
	 * @param connection the connection
	 * @param sockets have opened its socket
	 * @param closing how far the client has been closed
	 * @param unblock asks Redis to let a blocked command go, on another connection
	 */
	ReplyWaits(Connection connection, WatchedSocketFactory sockets, ClientClosing closing,
			Function<ServerSideClient, ProbeResult> unblock) {
		this.connection = connection;
		this.sockets = sockets;
		this.closing = closing;
		this.unblock = unblock;
	}

	/**
	 * Execute a command that may block. The reply may take as long as the command says,
	 * and then {@code socket_timeout}. An interrupt, or closing the client, ends the
	 * wait: Redis is asked to let the command go, and says whether it had run.
	 * @param <T> the type of the reply
	 * @param command a command that may block
	 * @param timeout how long the command lets Redis wait, zero if without end
	 * @return the reply
	 * @throws ClientClosedException if the client was closed and the command did not run
	 * @throws CallInterruptedException if the thread was interrupted and the command did
	 * not run
	 */
	<T> T execute(CommandObject<T> command, Duration timeout) {
		this.closing.checkWaits();
		ServerSideClient client = serverSide();
		BlockedCall call = new BlockedCall(this.closing, () -> this.unblock.apply(client), timeout);
		this.connection.sendCommand(command.getArguments());
		this.blocked = call;
		try {
			watch(timeout);
			Object reply = this.connection.getOne();
			return command.getBuilder().build(reply);
		}
		catch (JedisException ex) {
			throw call.failure(command.getArguments(), ex);
		}
		finally {
			this.blocked = null;
			waitAsUsual();
		}
	}

	/**
	 * Read the reply to a command of a pipeline that may block.
	 * @param command the command
	 * @return the reply
	 */
	@Nullable Object await(CommandArguments command) {
		Duration timeout = BlockingCommands.timeout(command);
		if (timeout == null) {
			return this.connection.getUnflushedObject();
		}
		watch(timeout);
		try {
			return this.connection.getUnflushedObject();
		}
		finally {
			waitAsUsual();
		}
	}

	/**
	 * Wait for replies for a moment only.
	 */
	void hurry() {
		onSocket((socket) -> socket.setSoTimeout(HURRY_MILLIS));
	}

	private void watch(Duration timeout) {
		onSocket((socket) -> socket
			.watch(timeout.isZero() ? 0 : timeout.plusMillis(this.connection.getSoTimeout()).toMillis()));
	}

	private void onSocket(SocketCall call) {
		WatchedSocket socket = this.sockets.socket();
		if (socket == null) {
			return;
		}
		try {
			call.apply(socket);
		}
		catch (SocketException ex) {
			// The next read finds the socket closed, and says so.
			this.connection.setBroken();
		}
	}

	private void waitAsUsual() {
		if (!this.connection.isBroken()) {
			this.connection.rollbackTimeout();
		}
	}

	private ServerSideClient serverSide() {
		ServerSideClient known = this.serverSide;
		if (known == null) {
			try {
				known = ServerSideClient.of(this.connection);
			}
			catch (JedisConnectionException ex) {
				throw new NothingSentException(ex);
			}
			this.serverSide = known;
		}
		return known;
	}

	// Jedis' subscriptions wait without end, and are no blocked call.
	void lookAround(WatchedSocket socket) throws IOException {
		BlockedCall call = this.blocked;
		if (call != null) {
			call.lookAround(socket);
		}
		else if (this.closing.endsWaits()) {
			throw new SocketException("The client was closed");
		}
		else if (Thread.currentThread().isInterrupted()) {
			throw new SocketException("The thread was interrupted");
		}
	}

	/**
	 * Changes how long a socket waits.
	 */
	@FunctionalInterface
	private interface SocketCall {

		void apply(WatchedSocket socket) throws SocketException;

	}

}
