package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import redis.clients.jedis.CommandArguments;

/**
 * Where a command has its keys. Jedis marks them as it builds a command, except for the
 * few commands for which it marks too few or too many; Redis reports them for commands
 * that are given by name, except for those whose options decide. Positions count from 1;
 * the name of the command is at 0.
 *
 * @since 0.1.0
 * @see <a href="https://redis.io/docs/latest/develop/reference/key-specs/">Command key
 * specifications</a>
 */
public enum KeyPositions {

	/**
	 * Where Jedis or {@link KeySpecs} have marked them.
	 */
	MARKED {

		@Override
		IntStream locate(CommandArguments command) {
			return IntStream.empty();
		}

	},

	/**
	 * Behind their number, after a script's source or name.
	 */
	COUNTED {

		@Override
		IntStream locate(CommandArguments command) {
			int number = 2;
			if (command.size() <= number) {
				return IntStream.empty();
			}
			String count = option(command, number);
			// Redis itself rejects an invalid key count.
			int promised = COUNT.matcher(count).matches() ? Integer.parseInt(count) : 0;
			return IntStream.rangeClosed(number + 1, Math.min(number + promised, command.size() - 1));
		}

	},

	/**
	 * Nowhere: Jedis takes a pattern for a key.
	 */
	NOWHERE {

		@Override
		IntStream locate(CommandArguments command) {
			return IntStream.empty();
		}

	},

	/**
	 * A destination, and a source of which Jedis does not know.
	 */
	FIRST_TWO {

		@Override
		IntStream locate(CommandArguments command) {
			return IntStream.range(1, Math.min(3, command.size()));
		}

	},

	/**
	 * First, and after the option {@code STORE}. Redis does not report the latter.
	 */
	SORTED {

		@Override
		IntStream locate(CommandArguments command) {
			int stored = 0;
			int next = 2;
			while (next < command.size()) {
				String option = option(command, next);
				if (option.equals("STORE")) {
					stored = next + 1;
				}
				next += sortWords(option);
			}
			return firstAnd(stored, command);
		}

	},

	/**
	 * First, and after the last of the options {@code STORE} and {@code STOREDIST}.
	 */
	GEO_SORTED {

		@Override
		IntStream locate(CommandArguments command) {
			int stored = 0;
			for (int next = 5; next < command.size() - 1; next++) {
				if (option(command, next).startsWith("STORE")) {
					stored = next + 1;
					next++;
				}
			}
			return firstAnd(stored, command);
		}

	},

	/**
	 * The first half of what follows the word {@code STREAMS}, unless that is a name.
	 */
	STREAMED {

		@Override
		IntStream locate(CommandArguments command) {
			int next = 1;
			while (next < command.size()) {
				switch (option(command, next)) {
					case "STREAMS" -> {
						return IntStream.rangeClosed(next + 1, next + (command.size() - next - 1) / 2);
					}
					case "BLOCK", "COUNT", "CLAIM" -> next += 2;
					case "GROUP" -> next += 3;
					default -> next++;
				}
			}
			return IntStream.empty();
		}

	},

	/**
	 * Third, or after the option {@code KEYS} where the third argument is empty.
	 */
	MIGRATED {

		@Override
		IntStream locate(CommandArguments command) {
			int key = 3;
			if (command.size() <= key) {
				return IntStream.empty();
			}
			if (command.get(key).getRaw().length > 0) {
				return IntStream.of(key);
			}
			for (int next = 6; next < command.size(); next++) {
				switch (option(command, next)) {
					case "KEYS" -> {
						return IntStream.range(next + 1, command.size());
					}
					case "AUTH" -> next++;
					case "AUTH2" -> next += 2;
					default -> {
						// Other options have no argument.
					}
				}
			}
			return IntStream.empty();
		}

	};

	private static final Pattern COUNT = Pattern.compile("\\d{1,9}");

	private static final Map<String, KeyPositions> BY_NAME = Map.ofEntries(Map.entry("EVAL", COUNTED),
			Map.entry("EVALSHA", COUNTED), Map.entry("EVAL_RO", COUNTED), Map.entry("EVALSHA_RO", COUNTED),
			Map.entry("FCALL", COUNTED), Map.entry("FCALL_RO", COUNTED), Map.entry("KEYS", NOWHERE),
			Map.entry("ZRANGESTORE", FIRST_TWO), Map.entry("GEOSEARCHSTORE", FIRST_TWO), Map.entry("SORT", SORTED),
			Map.entry("SORT_RO", SORTED), Map.entry("GEORADIUS", GEO_SORTED),
			Map.entry("GEORADIUSBYMEMBER", GEO_SORTED), Map.entry("XREAD", STREAMED), Map.entry("XREADGROUP", STREAMED),
			Map.entry("MIGRATE", MIGRATED));

	/**
	 * Decide for a command.
	 * @param name the name of the command
	 * @return where it has its keys
	 */
	static KeyPositions decide(String name) {
		return BY_NAME.getOrDefault(name, MARKED);
	}

	/**
	 * Find the keys of a command, whether they are marked or not.
	 * @param command the command with its arguments
	 * @return the positions of the keys, in their order
	 */
	abstract IntStream locate(CommandArguments command);

	/**
	 * Return the keys of a command in the order of its arguments.
	 * @param command the command with its arguments
	 * @return the keys, each a {@code String} or a {@code byte[]}
	 */
	List<Object> keys(CommandArguments command) {
		if (this == MARKED || ((this == COUNTED || this == STREAMED) && !command.getKeys().isEmpty())) {
			return command.getKeys();
		}
		return locate(command).<Object>mapToObj((position) -> command.get(position).getRaw()).toList();
	}

	/**
	 * Tell whether a command has keys that only the server can find, because a pattern
	 * stands for them.
	 * @param command the command with its arguments
	 * @return whether a {@code SORT} looks up weights or values under other keys
	 */
	boolean hasPattern(CommandArguments command) {
		if (this != SORTED) {
			return false;
		}
		for (int next = 2; next < command.size() - 1; next += sortWords(option(command, next))) {
			String option = option(command, next);
			if ((option.equals("BY") || option.equals("GET")) && option(command, next + 1).contains("*")) {
				return true;
			}
		}
		return false;
	}

	private static int sortWords(String option) {
		return switch (option) {
			case "LIMIT" -> 3;
			case "BY", "GET", "STORE" -> 2;
			default -> 1;
		};
	}

	private static IntStream firstAnd(int position, CommandArguments command) {
		if (position > 0 && position < command.size()) {
			return IntStream.of(1, position);
		}
		return (command.size() > 1) ? IntStream.of(1) : IntStream.empty();
	}

	private static String option(CommandArguments command, int position) {
		return new String(command.get(position).getRaw(), StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
	}

}
