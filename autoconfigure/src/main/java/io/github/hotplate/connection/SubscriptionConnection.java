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
 * A borrowed connection that a subscription keeps until its end, and that nobody uses
 * afterwards: where a listener fails or its thread is interrupted, Redis goes on to send
 * messages. What the subscription sends passes the client's executor, as any other
 * command does, and counts as done when it is sent: Redis' answer is a message like those
 * that follow.
 * <p>
 * As thread-safe as Jedis' subscriptions need: one thread reads while others send.
 */
final class SubscriptionConnection extends Connection {

	private static final Set<ProtocolCommand> UNSUBSCRIBING = Set.of(Command.UNSUBSCRIBE, Command.PUNSUBSCRIBE);

	private final CommandExecutor executor;

	private final Connection borrowed;

	private boolean ended;

	/**
	 * Create a connection.
	 * @param executor is to run what is sent
	 * @param borrowed the connection behind this one, which is closed with it
	 */
	SubscriptionConnection(CommandExecutor executor, Connection borrowed) {
		super(() -> {
			throw new IllegalStateException("A subscription has the connection that it has borrowed");
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

	// Spring unsubscribes after the end, too, which would open the connection again.
	private synchronized boolean isOver(CommandArguments arguments) {
		if (this.ended && !UNSUBSCRIBING.contains(arguments.getCommand())) {
			throw new RedisInvalidSubscriptionException("The subscription has ended. Subscribe on a new connection");
		}
		return this.ended;
	}

	/**
	 * Send a command that has passed the executor.
	 * @param command the command
	 * @return always {@code null}: the answer comes as a message
	 */
	@Override
	public synchronized <T> @Nullable T executeCommand(CommandObject<T> command) {
		if (!isOver(command.getArguments())) {
			this.borrowed.sendCommand(command.getArguments());
			// Flushing alone is not public.
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
