package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.ResponsePolicy;

/**
 * {@code SUNION}, {@code SINTER}, {@code SDIFF} and {@code SINTERCARD} over several
 * slots: the sets are fetched, and combined here.
 */
final class SetAlgebra {

	private static final Pattern LIMIT = Pattern.compile("\\d{1,18}");

	private SetAlgebra() {
	}

	/**
	 * Tell whether a command combines sets.
	 * @param spec what is known of the command
	 * @return whether its reply is made of whole sets
	 */
	static boolean combines(CommandSpec spec) {
		return switch (spec.responsePolicy()) {
			case UNION, INTERSECTION, DIFFERENCE, INTERSECTION_SIZE -> true;
			default -> false;
		};
	}

	/**
	 * Split a command into one part for each set.
	 * @param arguments the command
	 * @param spec what is known of it
	 * @return the parts
	 */
	static CommandParts split(CommandArguments arguments, CommandSpec spec) {
		List<Object> keys = arguments.getKeys();
		List<CommandObject<?>> parts = new ArrayList<>(keys.size());
		keys.forEach((key) -> parts.add(CommandParts.raw(new CommandArguments(Command.SMEMBERS).key(key))));
		return new CommandParts(parts, merge(arguments, spec));
	}

	private static Function<List<@Nullable Object>, @Nullable Object> merge(CommandArguments arguments,
			CommandSpec spec) {
		return (spec.responsePolicy() == ResponsePolicy.INTERSECTION_SIZE) ? (sets) -> limited(arguments, spec, sets)
				: spec.responsePolicy()::aggregate;
	}

	// SINTERCARD numkeys key ... [LIMIT limit], where 0 means no limit.
	private static @Nullable Object limited(CommandArguments arguments, CommandSpec spec, List<@Nullable Object> sets) {
		Object size = spec.responsePolicy().aggregate(sets);
		int limit = 2 + arguments.getKeys().size() + 1;
		if (arguments.size() <= limit || !(size instanceof Long number)) {
			return size;
		}
		String most = new String(arguments.get(limit).getRaw(), StandardCharsets.US_ASCII);
		if (!LIMIT.matcher(most).matches()) {
			throw new JedisDataException("ERR LIMIT can't be negative");
		}
		return most.equals("0") ? number : Math.min(number, Long.parseLong(most));
	}

}
