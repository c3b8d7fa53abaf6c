package io.github.hotplate.connection;

import java.util.Iterator;
import java.util.Map;

import org.jspecify.annotations.NullUnmarked;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.executors.CommandExecutor;

import io.github.hotplate.command.PrimariesCommand;

/**
 * Sends the first command that it is given to every primary, as one call, and answers it
 * with the first of their replies. Each further time the same command is answered with
 * the next reply. So Spring Data Redis' own commands convert the reply of each node. Not
 * thread-safe.
 */
@NullUnmarked
final class BroadcastExecutor implements CommandExecutor {

	private final CommandExecutor executor;

	private Iterator<Map.Entry<HostAndPort, Object>> replies;

	private HostAndPort node;

	BroadcastExecutor(CommandExecutor executor) {
		this.executor = executor;
	}

	@Override
	public <T> T executeCommand(CommandObject<T> command) {
		if (this.replies == null) {
			this.replies = this.executor.executeCommand(new PrimariesCommand(command.getArguments()))
				.entrySet()
				.iterator();
		}
		Map.Entry<HostAndPort, Object> reply = this.replies.next();
		this.node = reply.getKey();
		return command.getBuilder().build(reply.getValue());
	}

	/**
	 * Return the node whose reply was the last answer.
	 * @return the node's address
	 */
	HostAndPort node() {
		return this.node;
	}

	boolean hasNext() {
		return this.replies != null && this.replies.hasNext();
	}

	@Override
	public void close() {
		// Belongs to the client.
	}

}
