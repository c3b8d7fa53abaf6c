package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.ResponsePolicy;

/**
 * {@code SINTERCARD numkeys key ... [LIMIT limit]} over several slots: fetches the sets
 * and counts here. A limit of 0 means no limit, as in Redis.
 */
final class IntersectionSize {

	private static final Pattern LIMIT = Pattern.compile("\\d{1,18}");

	private IntersectionSize() {
	}

	static CommandParts parts(CommandArguments arguments) {
		return SetAlgebra.parts(arguments.getKeys(), (sets) -> limited(arguments, sets));
	}

	private static @Nullable Object limited(CommandArguments arguments, List<@Nullable Object> sets) {
		Object size = ResponsePolicy.INTERSECTION_SIZE.aggregate(sets);
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
