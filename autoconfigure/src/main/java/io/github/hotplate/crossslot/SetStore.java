package io.github.hotplate.crossslot;

import java.util.ArrayList;
import java.util.List;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.command.ResponsePolicy;

/**
 * {@code SINTERSTORE}, {@code SUNIONSTORE} and {@code SDIFFSTORE} over several slots:
 * fetches the sets and replaces the destination with the result.
 *
 * @param algebra combines the fetched sets
 */
record SetStore(ResponsePolicy algebra) implements StepwiseCommand {

	@Override
	public Object run(CommandArguments command, Steps steps) {
		List<Object> keys = command.getKeys();
		List<CommandArguments> sets = new ArrayList<>(keys.size());
		keys.subList(1, keys.size()).forEach((key) -> sets.add(Steps.step(Command.SMEMBERS, key)));
		Object members = this.algebra.aggregate(steps.sendAll(sets));
		return steps.replace(keys.get(0), Command.SADD, (members instanceof List<?> list) ? list : List.of());
	}

}
