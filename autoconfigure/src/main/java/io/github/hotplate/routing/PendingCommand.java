package io.github.hotplate.routing;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.Footprint;

/**
 * A command of a batch on its way to a reply. Not thread-safe.
 */
final class PendingCommand {

	private final int index;

	private final WireCommand command;

	private @Nullable Footprint footprint;

	private @Nullable HostAndPort target;

	private @Nullable Object reply;

	private int moves;

	private boolean asking;

	private boolean atReplica;

	/**
	 * Create a command without reply.
	 * @param index its position in the batch
	 * @param command the command
	 */
	PendingCommand(int index, WireCommand command) {
		this.index = index;
		this.command = command;
	}

	int index() {
		return this.index;
	}

	WireCommand command() {
		return this.command;
	}

	CommandArguments arguments() {
		return this.command.arguments();
	}

	int slot() {
		return this.command.slot();
	}

	/**
	 * Return what the command touches. Only failures and replicas make that matter, so it
	 * is found out when needed.
	 * @return its keys
	 */
	Footprint footprint() {
		Footprint known = this.footprint;
		if (known == null) {
			known = Footprint.of(this.command.spec(), this.command.command());
			this.footprint = known;
		}
		return known;
	}

	HostAndPort target() {
		return Objects.requireNonNull(this.target, "The command has no target yet");
	}

	/**
	 * Send the command to a node first.
	 * @param node the node
	 * @param replica whether it is a replica
	 */
	void aim(HostAndPort node, boolean replica) {
		this.target = node;
		this.atReplica = replica;
	}

	boolean isAtReplica() {
		return this.atReplica;
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
	 * @param node the node
	 * @param asking whether that node is still importing the slot
	 * @return whether the command may be redirected
	 */
	boolean move(HostAndPort node, boolean asking) {
		this.target = node;
		this.asking = asking;
		this.atReplica = false;
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
