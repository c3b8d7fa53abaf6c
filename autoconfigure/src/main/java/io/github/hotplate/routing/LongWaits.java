package io.github.hotplate.routing;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.BlockingCommands;
import io.github.hotplate.pool.NodePool;

/**
 * Sends commands that block, and keeps them from taking all connections for long: then
 * the client could neither learn of a promotion nor probe a node, and they would wait for
 * a dead node without end. The one that would take the last connection is sent as several
 * that wait for a moment each, between which the client can have the connection. Nothing
 * is popped between two of them, but others who wait for the same keys may come first.
 * Thread-safe.
 */
final class LongWaits {

	private static final Duration SLICE = Duration.ofMillis(250);

	/**
	 * Time for the client to come for the connection, which it asks for at intervals.
	 */
	private static final Duration TURN = Duration.ofMillis(150);

	private final NodeConnectionProvider connections;

	private final LongSupplier nanoTime;

	LongWaits(NodeConnectionProvider connections, LongSupplier nanoTime) {
		this.connections = connections;
		this.nanoTime = nanoTime;
	}

	<T> T send(HostAndPort node, CommandObject<T> command, Function<CommandObject<T>, T> sender) {
		Duration timeout = BlockingCommands.timeout(command.getArguments());
		if (timeout == null || !BlockingCommands.isDivisible(command.getArguments())) {
			return sender.apply(command);
		}
		NodePool pool = this.connections.poolOf(node);
		if (!pool.tryHold()) {
			return sendInSlices(pool, command, timeout, sender);
		}
		try {
			return sender.apply(command);
		}
		finally {
			pool.unhold();
		}
	}

	private <T> T sendInSlices(NodePool pool, CommandObject<T> command, Duration timeout,
			Function<CommandObject<T>, T> sender) {
		long start = this.nanoTime.getAsLong();
		while (true) {
			Duration left = timeout.isZero() ? SLICE : timeout.minusNanos(this.nanoTime.getAsLong() - start);
			boolean last = !timeout.isZero() && left.compareTo(SLICE) <= 0;
			T reply = sender.apply(slice(command, last ? left : SLICE));
			if (last || !isNothing(reply)) {
				return reply;
			}
			pool.checkWaits();
			pool.giveWay(TURN);
		}
	}

	private static <T> CommandObject<T> slice(CommandObject<T> command, Duration length) {
		Duration shortest = Duration.ofNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(1), length.toNanos()));
		return new CommandObject<>(BlockingCommands.withTimeout(command.getArguments(), shortest),
				command.getBuilder());
	}

	private static boolean isNothing(@Nullable Object reply) {
		return reply == null || (reply instanceof Collection<?> elements && elements.isEmpty())
				|| (reply instanceof Map<?, ?> elements && elements.isEmpty());
	}

}
