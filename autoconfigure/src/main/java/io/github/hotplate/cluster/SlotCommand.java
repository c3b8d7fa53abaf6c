package io.github.hotplate.cluster;

import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

/**
 * A part of a command whose keys are known to hash to one slot, so that nobody computes
 * it again. Its reply is left as it comes off the wire.
 */
final class SlotCommand extends CommandObject<Object> {

	private final int slot;

	SlotCommand(CommandArguments arguments, int slot) {
		super(arguments, BuilderFactory.RAW_OBJECT);
		this.slot = slot;
	}

	int slot() {
		return this.slot;
	}

}
