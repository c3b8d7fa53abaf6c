package io.github.hotplate.command;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

/**
 * The time-out among the arguments of a command that waits for elements. A command that
 * is sent again goes on with what is left of it.
 *
 * @since 0.1.0
 */
public final class BlockingTimeout {

	private static final Set<String> LAST = Set.of("BLPOP", "BRPOP", "BRPOPLPUSH", "BLMOVE", "BZPOPMIN", "BZPOPMAX");

	/**
	 * Zero would wait for ever.
	 */
	private static final BigDecimal SHORTEST_MILLIS = BigDecimal.ONE;

	private static final Map<String, Integer> FIRST = Map.of("BLMPOP", 1, "BZMPOP", 1);

	private static final Set<String> MILLIS = Set.of("XREAD", "XREADGROUP");

	private BlockingTimeout() {
	}

	/**
	 * Return the command to send after some of its time has passed.
	 * @param <T> the type of the reply
	 * @param command a command
	 * @param passed how long its caller has waited
	 * @return the command with what is left of its time-out, at least a millisecond, or
	 * the command itself if it has none
	 */
	public static <T> CommandObject<T> rest(CommandObject<T> command, Duration passed) {
		CommandArguments arguments = command.getArguments();
		int position = position(arguments);
		if (position < 1 || position >= arguments.size()) {
			return command;
		}
		BigDecimal timeout = number(text(arguments, position));
		// Zero waits for ever.
		if (timeout == null || timeout.signum() <= 0) {
			return command;
		}
		int scale = MILLIS.contains(CommandSpecs.of(arguments).name()) ? 0 : 3;
		BigDecimal left = timeout.subtract(BigDecimal.valueOf(passed.toMillis(), scale));
		return with(command, position, left.max(SHORTEST_MILLIS.movePointLeft(scale)).toPlainString());
	}

	private static int position(CommandArguments arguments) {
		String name = CommandSpecs.of(arguments).name();
		if (LAST.contains(name)) {
			return arguments.size() - 1;
		}
		return MILLIS.contains(name) ? afterBlock(arguments) : FIRST.getOrDefault(name, 0);
	}

	private static int afterBlock(CommandArguments arguments) {
		for (int i = 1; i < arguments.size(); i++) {
			String word = text(arguments, i).toUpperCase(Locale.ROOT);
			if (word.equals("STREAMS")) {
				return 0;
			}
			// A group or consumer may be named like an option.
			if (word.equals("GROUP")) {
				i += 2;
			}
			else if (word.equals("BLOCK")) {
				return i + 1;
			}
		}
		return 0;
	}

	private static <T> CommandObject<T> with(CommandObject<T> command, int position, String timeout) {
		CommandArguments former = command.getArguments();
		CommandArguments arguments = new CommandArguments(former.getCommand());
		Iterator<Object> keys = former.getKeys().iterator();
		Object key = keys.hasNext() ? keys.next() : null;
		for (int i = 1; i < former.size(); i++) {
			if (i == position) {
				arguments.add(timeout);
			}
			else if (key != null && CommandKeys.text(key).equals(text(former, i))) {
				arguments.key(key);
				key = keys.hasNext() ? keys.next() : null;
			}
			else {
				arguments.add(former.get(i));
			}
		}
		arguments.blocking();
		return bind(command, new CommandObject<>(arguments, command.getBuilder()));
	}

	private static <T> CommandObject<T> bind(CommandObject<T> former, CommandObject<T> command) {
		if (former instanceof NodeBoundCommand<T> bound) {
			return new NodeBoundCommand<>(command, bound.getNode());
		}
		return (former instanceof SlotBoundCommand<T> bound) ? new SlotBoundCommand<>(command, bound.getSlot())
				: command;
	}

	private static @Nullable BigDecimal number(String text) {
		try {
			return new BigDecimal(text);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static String text(CommandArguments arguments, int position) {
		return new String(arguments.get(position).getRaw(), StandardCharsets.UTF_8);
	}

}
