package io.github.hotplate.hotkey;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/**
 * Computes how many bytes of a command and its reply belong to a key. A single key owns
 * the whole command. Each of several keys owns the value that follows it ({@code MSET})
 * and its element in a reply with one element per key ({@code MGET}).
 */
final class CommandSizes {

	/**
	 * Number of reply elements that are measured; the rest is extrapolated from them.
	 */
	private static final int MOST_ELEMENTS = 1_000;

	private CommandSizes() {
	}

	/**
	 * Return the bytes of a key's part.
	 * @param arguments the command with its arguments
	 * @param index the position of the key among the keys
	 * @param keys the number of keys
	 * @param reply the reply, decoded or raw
	 * @return the bytes of values, without protocol overhead
	 */
	static long of(CommandArguments arguments, int index, int keys, @Nullable Object reply) {
		if (keys == 1) {
			long bytes = of(reply);
			for (int i = 1; i < arguments.size(); i++) {
				bytes += arguments.get(i).getRaw().length;
			}
			return bytes;
		}
		boolean pairs = arguments.size() == 1 + 2 * keys;
		long value = pairs ? arguments.get(2 + 2 * index).getRaw().length : 0;
		return (reply instanceof List<?> list && list.size() == keys) ? value + of(list.get(index)) : value;
	}

	private static long of(@Nullable Object reply) {
		if (reply instanceof byte[] bytes) {
			return bytes.length;
		}
		if (reply instanceof String text) {
			return text.getBytes(StandardCharsets.UTF_8).length;
		}
		if (reply instanceof Map<?, ?> map) {
			return of(map.keySet()) + of(map.values());
		}
		if (reply instanceof Collection<?> elements) {
			long bytes = elements.stream().limit(MOST_ELEMENTS).mapToLong(CommandSizes::of).sum();
			return (elements.size() <= MOST_ELEMENTS) ? bytes : bytes * elements.size() / MOST_ELEMENTS;
		}
		return (reply instanceof Number || reply instanceof Boolean) ? String.valueOf(reply).length() : 0;
	}

}
