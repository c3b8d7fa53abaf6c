package io.github.hotplate.cluster;

import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.AtMostOnce;

/**
 * A part of a command whose keys are known to hash to one slot, so that nobody computes
 * it again. Its reply is left as it comes off the wire.
 */
sealed class SlotCommand extends CommandObject<Object> {

	private final int slot;

	SlotCommand(CommandArguments arguments, int slot) {
		super(arguments, BuilderFactory.RAW_OBJECT);
		this.slot = slot;
	}

	final int slot() {
		return this.slot;
	}

	/**
	 * A part that no replica may answer, even if it only reads.
	 */
	static sealed class OnPrimary extends SlotCommand {

		OnPrimary(CommandArguments arguments, int slot) {
			super(arguments, slot);
		}

	}

	/**
	 * A part whose reply decides what is done next, and which would give another when it
	 * ran again.
	 */
	static final class Once extends OnPrimary implements AtMostOnce {

		Once(CommandArguments arguments, int slot) {
			super(arguments, slot);
		}

	}

}
