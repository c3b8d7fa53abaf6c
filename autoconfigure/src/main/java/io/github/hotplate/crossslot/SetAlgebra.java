package io.github.hotplate.crossslot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.command.ResponsePolicy;

/**
 * {@code SUNION}, {@code SINTER} and {@code SDIFF} over several slots: fetches the sets
 * and combines them here.
 */
final class SetAlgebra {

	private SetAlgebra() {
	}

	static CommandParts parts(CommandArguments arguments, ResponsePolicy algebra) {
		return parts(arguments.getKeys(), algebra::aggregate);
	}

	/**
	 * Fetch sets.
	 * @param keys the keys of the sets
	 * @param merge makes the reply of their members, given in the order of the keys
	 * @return one part for each key
	 */
	static CommandParts parts(List<Object> keys, Function<List<@Nullable Object>, @Nullable Object> merge) {
		List<CommandObject<?>> parts = new ArrayList<>(keys.size());
		keys.forEach((key) -> parts.add(RawCommand.of(new CommandArguments(Command.SMEMBERS).key(key))));
		return new CommandParts(parts, merge);
	}

}
