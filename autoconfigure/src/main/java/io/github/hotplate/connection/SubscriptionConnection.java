package io.github.hotplate.connection;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisInvalidSubscriptionException;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.ConnectionBoundCommand;

/**
 * A borrowed connection that a subscription keeps until it ends. It is never reused,
 * because Redis keeps sending messages if a listener fails or its thread is interrupted.
 * Commands of the subscription pass the client's executor like any other command and are
 * done once sent, because Redis answers with a message like those that follow.
 * <p>
 * One thread may read while others send, as Jedis' subscriptions require.
 */
final class SubscriptionConnection extends Connection {

	private static final Set<ProtocolCommand> UNSUBSCRIBING = Set.of(Command.UNSUBSCRIBE, Command.PUNSUBSCRIBE);

	private final CommandExecutor executor;

	private final Connection borrowed;

	private boolean ended;

	/**
	 * Create a connection.
	 * @param executor runs the commands that are sent
	 * @param borrowed the connection behind this one, which is closed with it
	 */
	SubscriptionConnection(CommandExecutor executor, Connection borrowed) {
		super(() -> {
			throw new IllegalStateException("A subscription has borrowed its connection already");
		});
		this.executor = executor;
		this.borrowed = borrowed;
	}

	@Override
	public void sendCommand(CommandArguments arguments) {
		if (!isOver(arguments)) {
			this.executor.executeCommand(
					new ConnectionBoundCommand<>(new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT), this));
		}
	}

	// Spring also unsubscribes after the end, which would reopen the connection.
	private synchronized boolean isOver(CommandArguments arguments) {
		if (this.ended && !UNSUBSCRIBING.contains(arguments.getCommand())) {
			throw new RedisInvalidSubscriptionException("The subscription has ended. Subscribe on a new connection");
		}
		return this.ended;
	}

	/**
	 * Send a command from the executor.
	 * @param command the command
	 * @return always {@code null}: the answer comes as a message
	 */
	@Override
	public synchronized <T> @Nullable T executeCommand(CommandObject<T> command) {
		if (!isOver(command.getArguments())) {
			this.borrowed.sendCommand(command.getArguments());
			// There is no public method that only flushes.
			this.borrowed.getMany(0);
		}
		return null;
	}

	@Override
	protected void flush() {
		// Each command was flushed when it was sent.
	}

	@Override
	public @Nullable Object getUnflushedObject() {
		return this.borrowed.getUnflushedObject();
	}

	@Override
	public void setTimeoutInfinite() {
		this.borrowed.setTimeoutInfinite();
	}

	@Override
	public void rollbackTimeout() {
		this.borrowed.rollbackTimeout();
	}

	@Override
	public boolean isBroken() {
		return this.borrowed.isBroken();
	}

	@Override
	public void setBroken() {
		this.borrowed.setBroken();
	}

	@Override
	public synchronized void close() {
		this.ended = true;
		this.borrowed.setBroken();
		this.borrowed.close();
	}

}
