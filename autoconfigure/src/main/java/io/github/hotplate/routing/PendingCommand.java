package io.github.hotplate.routing;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;

/**
 * A command of a batch that waits for its reply. Not thread-safe.
 */
final class PendingCommand {

	private final WireCommand command;

	private @Nullable Object reply;

	private int moves;

	private boolean asking;

	PendingCommand(WireCommand command) {
		this.command = command;
	}

	CommandArguments arguments() {
		return this.command.arguments();
	}

	int slot() {
		return this.command.slot();
	}

	@Nullable HostAndPort node() {
		return this.command.node();
	}

	boolean readOnly() {
		return this.command.readOnly();
	}

	/**
	 * Tell whether the next node of the command is still importing its slot.
	 * @return whether {@code ASKING} goes before the command
	 */
	boolean asking() {
		return this.asking;
	}

	/**
	 * Redirect the command to another node, unless the limit of redirections is reached.
	 * @param asking whether that node is still importing the slot
	 * @return whether the command may be redirected
	 */
	boolean move(boolean asking) {
		this.asking = asking;
		return ++this.moves <= Redirections.LIMIT;
	}

	/**
	 * Complete the command.
	 * @param reply the reply, or an exception
	 */
	void complete(@Nullable Object reply) {
		this.reply = reply;
	}

	@Nullable Object reply() {
		return this.reply;
	}

}
