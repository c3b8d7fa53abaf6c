package io.github.hotplate.crossslot;

import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * {@code RPOPLPUSH} and {@code BRPOPLPUSH} to a list of another slot: reads the last
 * element, pushes it, and then removes it. If another caller has removed it first, takes
 * back what was pushed and starts over. No element is ever lost, but for a moment, or if
 * a step fails for good, it may be in both lists.
 */
final class ListMove {

	private ListMove() {
	}

	static @Nullable Object run(CommandArguments command, Steps steps) {
		List<Object> keys = command.getKeys();
		return move(keys.get(0), keys.get(1), steps);
	}

	private static @Nullable Object move(Object source, Object target, Steps steps) {
		while (steps.send(Steps.step(Command.LINDEX, source).add(-1)) instanceof byte[] element) {
			steps.send(Steps.step(Command.LPUSH, target).add(element));
			// A retry after a lost reply would find nothing left to remove.
			if (steps.countOnce(Steps.step(Command.LREM, source).add(-1).add(element)) > 0) {
				return element;
			}
			steps.send(Steps.step(Command.LREM, target).add(1).add(element));
		}
		return null;
	}

}
