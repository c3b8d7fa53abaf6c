package io.github.hotplate.command;

import redis.clients.jedis.CommandObject;

/**
 * A command for the node that serves a slot, regardless of its keys.
 *
 * @param <T> the type of the reply
 * @since 0.1.0
 */
public final class SlotBoundCommand<T> extends CommandObject<T> {

	private final int slot;

	public SlotBoundCommand(CommandObject<T> command, int slot) {
		super(command.getArguments(), command.getBuilder());
		this.slot = slot;
	}

	/**
	 * Return the slot that tells where to send the command.
	 * @return the slot
	 */
	public int getSlot() {
		return this.slot;
	}

}
