package io.github.hotplate.crossslot;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * {@code SMOVE} to a set of another slot: adds the member there, and then removes it
 * here. If several callers move a member at the same time, the one that removes it has
 * moved it.
 */
final class MemberMove {

	private static final int MEMBER = 3;

	private MemberMove() {
	}

	static Object run(CommandArguments command, Steps steps) {
		Object source = command.getKeys().get(0);
		Object target = command.getKeys().get(1);
		byte[] member = command.get(MEMBER).getRaw();
		if (steps.count(Steps.step(Command.SISMEMBER, source).add(member)) == 0) {
			return 0L;
		}
		steps.send(Steps.step(Command.SADD, target).add(member));
		// A second removal would hit what others have added in between, and reply that
		// nothing was moved.
		return steps.countOnce(Steps.step(Command.SREM, source).add(member));
	}

}
