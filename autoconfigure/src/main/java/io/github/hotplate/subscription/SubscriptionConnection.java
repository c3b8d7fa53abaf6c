package io.github.hotplate.subscription;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisInvalidSubscriptionException;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.ConnectionBoundCommand;

/**
 * What Jedis takes for the connection of a subscription: it has no socket of its own.
 * Commands of the subscription pass the client's executor like any other command and are
 * done once the client knows them, because Redis answers with a message like those that
 * follow.
 * <p>
 * One thread may read while others send, as Jedis' subscriptions require.
 */
final class SubscriptionConnection extends Connection {

	private final CommandExecutor executor;

	private final FollowingSubscription subscription;

	private final ChannelNames names;

	private volatile boolean ended;

	/**
	 * Create a connection.
	 * @param executor runs the commands that are sent
	 * @param subscription the subscription, which is closed with the connection
	 * @param names what the caller's channels are
	 */
	SubscriptionConnection(CommandExecutor executor, FollowingSubscription subscription, ChannelNames names) {
		super(() -> {
			throw new IllegalStateException("A subscription has no socket of its own");
		});
		this.executor = executor;
		this.subscription = subscription;
		this.names = names;
	}

	@Override
	public void sendCommand(CommandArguments arguments) {
		CommandArguments meant = this.names.toRedis(arguments);
		if (!isOver(meant)) {
			this.executor.executeCommand(
					new ConnectionBoundCommand<>(new CommandObject<>(meant, BuilderFactory.RAW_OBJECT), this));
		}
	}

	// Spring also unsubscribes after the end.
	private boolean isOver(CommandArguments arguments) {
		if (this.ended && TopicKind.unsubscribedBy(arguments.getCommand()) == null) {
			throw new RedisInvalidSubscriptionException("The subscription has ended. Subscribe on a new connection");
		}
		return this.ended;
	}

	/**
	 * Take a command from the executor.
	 * @param command the command
	 * @return always {@code null}: the answer comes as a message
	 */
	@Override
	public <T> @Nullable T executeCommand(CommandObject<T> command) {
		CommandArguments arguments = command.getArguments();
		if (!isOver(arguments)) {
			ProtocolCommand name = arguments.getCommand();
			TopicKind added = TopicKind.subscribedBy(name);
			TopicKind removed = TopicKind.unsubscribedBy(name);
			if (added != null) {
				this.subscription.subscribe(added, topics(arguments));
			}
			else if (removed != null) {
				this.subscription.unsubscribe(removed, topics(arguments));
			}
		}
		return null;
	}

	private static List<byte[]> topics(CommandArguments arguments) {
		List<byte[]> topics = new ArrayList<>();
		for (Rawable argument : arguments) {
			topics.add(argument.getRaw());
		}
		return topics.subList(1, topics.size());
	}

	// Jedis stops reading when the thread is interrupted, but looks after each reply
	// only.
	@Override
	public Object getUnflushedObject() {
		try {
			return this.names.fromRedis(this.subscription.next());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return SubscriptionReplies.PONG;
		}
	}

	@Override
	protected void flush() {
		// Nothing is held back here.
	}

	@Override
	public void setTimeoutInfinite() {
		// Waiting has no time-out.
	}

	@Override
	public void rollbackTimeout() {
		// Waiting has no time-out.
	}

	@Override
	public void close() {
		this.ended = true;
		this.subscription.close();
	}

}
