package io.github.hotplate.routing;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;

/**
 * A command of a batch that waits for its reply. For one thread.
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
	 * Tell whether the node that sees the command next is still importing its slot.
	 * @return whether {@code ASKING} goes before the command
	 */
	boolean asking() {
		return this.asking;
	}

	/**
	 * Send the command on to another node, unless that has happened too often.
	 * @param asking whether that node is still importing the slot
	 * @return whether the command may move
	 */
	boolean move(boolean asking) {
		this.asking = asking;
		return ++this.moves <= Redirections.LIMIT;
	}

	/**
	 * Complete the command.
	 * @param reply the reply, or the exception that took its place
	 */
	void complete(@Nullable Object reply) {
		this.reply = reply;
	}

	@Nullable Object reply() {
		return this.reply;
	}

}
