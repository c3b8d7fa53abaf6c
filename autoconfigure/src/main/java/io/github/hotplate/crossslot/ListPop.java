package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * One attempt of {@code BLPOP} or {@code BRPOP} over several slots: pops from the first
 * list, in the order of the keys, that has an element. Blocking on several nodes at once
 * could pop from more than one list, and the caller would get only one of the elements.
 *
 * @param pop takes an element from one list
 */
record ListPop(Command pop) implements StepwiseCommand {

	@Override
	public @Nullable Object run(CommandArguments command, Steps steps) {
		List<Object> keys = command.getKeys();
		List<CommandArguments> looks = keys.stream().map((key) -> Steps.step(Command.EXISTS, key)).toList();
		List<@Nullable Object> found = steps.sendAll(looks);
		for (int i = 0; i < keys.size(); i++) {
			if (found.get(i) instanceof Long count && count > 0) {
				Object key = keys.get(i);
				Object element = steps.send(Steps.step(this.pop, key));
				if (element != null) {
					return List.of((key instanceof byte[]) ? key : key.toString().getBytes(StandardCharsets.UTF_8),
							element);
				}
			}
		}
		return null;
	}

}
