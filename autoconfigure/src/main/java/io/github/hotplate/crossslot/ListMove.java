package io.github.hotplate.crossslot;

import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * {@code RPOPLPUSH} and {@code BRPOPLPUSH} to a list of another slot: the last element is
 * looked at, pushed, and then removed. A caller that finds on removing that another was
 * faster takes back what it pushed and looks again. So no element is ever lost, but it
 * may be in both lists for a moment, or for good if a step fails.
 */
final class ListMove {

	private ListMove() {
	}

	static @Nullable Object run(CommandArguments command, Steps steps) {
		List<Object> keys = command.getKeys();
		return move(keys.get(0), keys.get(1), steps);
	}

	static @Nullable Object await(CommandArguments command, Steps steps) {
		return steps.polling(command).await(() -> run(command, steps));
	}

	private static @Nullable Object move(Object source, Object target, Steps steps) {
		while (steps.send(Steps.step(Command.LINDEX, source).add(-1)) instanceof byte[] element) {
			steps.send(Steps.step(Command.LPUSH, target).add(element));
			// Repeated after a lost reply, it would find that nothing is left to remove.
			if (steps.countOnce(Steps.step(Command.LREM, source).add(-1).add(element)) > 0) {
				return element;
			}
			steps.send(Steps.step(Command.LREM, target).add(1).add(element));
		}
		return null;
	}

}
