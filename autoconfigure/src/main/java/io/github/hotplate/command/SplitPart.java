package io.github.hotplate.command;

import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

/**
 * A part of a command. The slot of its keys is known and not computed again. Its reply is
 * left as it comes off the wire.
 */
public sealed class SplitPart extends CommandObject<Object> {

	private final int slot;

	public SplitPart(CommandArguments arguments, int slot) {
		super(arguments, BuilderFactory.RAW_OBJECT);
		this.slot = slot;
	}

	public final int slot() {
		return this.slot;
	}

	/**
	 * A part that no replica may answer, even if it only reads.
	 */
	public static sealed class OnPrimary extends SplitPart {

		public OnPrimary(CommandArguments arguments, int slot) {
			super(arguments, slot);
		}

	}

	/**
	 * A part whose reply decides what is done next, and which would give another when it
	 * ran again.
	 */
	public static final class Once extends OnPrimary implements AtMostOnce {

		public Once(CommandArguments arguments, int slot) {
			super(arguments, slot);
		}

	}

}
