package io.github.hotplate.connection;

import java.util.Iterator;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.PrimariesCommand;
import io.github.hotplate.execution.UnclosedExecutor;

/**
 * Sends its first command to every primary, as one call, and returns the first reply.
 * Each further call returns the next reply, so that Spring Data Redis' own commands
 * convert the reply of each node. Not thread-safe.
 */
final class BroadcastExecutor extends UnclosedExecutor {

	private final CommandExecutor executor;

	private @Nullable Iterator<Map.Entry<HostAndPort, @Nullable Object>> replies;

	private @Nullable HostAndPort node;

	BroadcastExecutor(CommandExecutor executor) {
		this.executor = executor;
	}

	@Override
	public <T> @Nullable T executeCommand(CommandObject<T> command) {
		Iterator<Map.Entry<HostAndPort, @Nullable Object>> known = this.replies;
		if (known == null) {
			known = this.executor.executeCommand(new PrimariesCommand(command.getArguments())).entrySet().iterator();
			this.replies = known;
		}
		Map.Entry<HostAndPort, @Nullable Object> reply = known.next();
		this.node = reply.getKey();
		return command.getBuilder().build(reply.getValue());
	}

	/**
	 * Return the node that sent the latest reply.
	 * @return the node's address
	 */
	HostAndPort node() {
		return Objects.requireNonNull(this.node, "No reply was taken yet");
	}

	boolean hasNext() {
		return this.replies != null && this.replies.hasNext();
	}

}
