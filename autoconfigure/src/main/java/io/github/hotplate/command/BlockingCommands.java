package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

/**
 * Commands whose reply may come only when something happens. How long they wait is one of
 * their arguments.
 *
 * @since 0.1.0
 * @see <a href="https://redis.io/docs/latest/commands/?group=list">Commands of Redis,
 * flagged {@code blocking}</a>
 */
public final class BlockingCommands {

	/**
	 * Where the time-out is, counted from the name; negative counts from the end.
	 */
	private static final Map<String, Integer> TIMEOUT_INDEX = Map.ofEntries(Map.entry("BLPOP", -1),
			Map.entry("BRPOP", -1), Map.entry("BLMOVE", -1), Map.entry("BRPOPLPUSH", -1), Map.entry("BZPOPMIN", -1),
			Map.entry("BZPOPMAX", -1), Map.entry("BLMPOP", 1), Map.entry("BZMPOP", 1), Map.entry("WAIT", -1),
			Map.entry("WAITAOF", -1), Map.entry("MIGRATE", 5));

	private static final Set<String> IN_MILLIS = Set.of("WAIT", "WAITAOF", "MIGRATE", "XREAD", "XREADGROUP");

	/**
	 * What these wait for is bound to the connection or to the moment when they came.
	 */
	private static final Set<String> INDIVISIBLE = Set.of("WAIT", "WAITAOF", "MIGRATE");

	/**
	 * What Redis takes for a time-out; zero would wait for ever.
	 */
	private static final Duration SHORTEST = Duration.ofMillis(1);

	private static final int FIRST_OPTION_OF_XREAD = 1;

	// Behind GROUP, the group and the consumer.
	private static final int FIRST_OPTION_OF_XREADGROUP = 4;

	private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

	private BlockingCommands() {
	}

	/**
	 * Return whether a command may be one of these, whatever its arguments are.
	 * @param name the name in upper case
	 * @return whether {@link #timeout(CommandArguments)} is worth calling
	 */
	static boolean mayInclude(String name) {
		return TIMEOUT_INDEX.containsKey(name) || "XREAD".equals(name) || "XREADGROUP".equals(name);
	}

	/**
	 * Return whether a command may block.
	 * @param arguments the command with its arguments
	 * @return whether Redis may wait before it replies
	 */
	static boolean includes(CommandArguments arguments) {
		return arguments.isBlocking() || timeout(arguments) != null;
	}

	/**
	 * Return how long a command lets Redis wait before it replies.
	 * @param arguments the command with its arguments
	 * @return the time, zero if it waits without end, or {@code null} if it does not wait
	 * or Redis will reject its time-out
	 */
	public static @Nullable Duration timeout(CommandArguments arguments) {
		String name = name(arguments);
		int index = timeoutIndex(name, arguments);
		if (index <= 0 || index >= arguments.size()) {
			return null;
		}
		try {
			double timeout = Double.parseDouble(text(arguments, index));
			if (!(timeout >= 0)) {
				return null;
			}
			double nanos = timeout * (IN_MILLIS.contains(name) ? NANOS_PER_SECOND / 1_000 : NANOS_PER_SECOND);
			// Cast down to 292 years. What is shorter than a nanosecond is not endless.
			return Duration.ofNanos((timeout > 0) ? Math.max(1, (long) nanos) : 0);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * Tell whether a command waits for what was sent before it on its connection. Where
	 * it stands is what it is about, as at the end of a pipeline.
	 * @param arguments a command that may block
	 * @return whether it waits for replicas
	 */
	public static boolean isForReplicas(CommandArguments arguments) {
		return name(arguments).startsWith("WAIT");
	}

	/**
	 * Tell whether a command may be replaced by several that wait for a part of the time
	 * each.
	 * @param arguments a command that may block
	 * @return whether nothing is missed between two of them
	 */
	public static boolean isDivisible(CommandArguments arguments) {
		String name = name(arguments);
		// A stream read from "$" on starts at what is there at the time.
		return !INDIVISIBLE.contains(name)
				&& IntStream.range(1, arguments.size()).noneMatch((index) -> "$".equals(text(arguments, index)));
	}

	/**
	 * Return a command that waits for another time.
	 * @param arguments a command that may block
	 * @param timeout how long to wait, at least a millisecond
	 * @return a copy with that time-out
	 */
	public static CommandArguments withTimeout(CommandArguments arguments, Duration timeout) {
		String name = name(arguments);
		int index = timeoutIndex(name, arguments);
		String text = IN_MILLIS.contains(name) ? Long.toString(timeout.toMillis())
				: String.format(Locale.ROOT, "%.3f", timeout.toMillis() / 1_000.0);
		CommandArguments copy = new CommandArguments(arguments.getCommand());
		Iterator<Object> keys = arguments.getKeys().iterator();
		Object key = keys.hasNext() ? keys.next() : null;
		for (int i = 1; i < arguments.size(); i++) {
			if (i == index) {
				copy.add(text);
			}
			else if (key != null && CommandKeys.text(key).equals(text(arguments, i))) {
				copy.key(key);
				key = keys.hasNext() ? keys.next() : null;
			}
			else {
				copy.add(arguments.get(i));
			}
		}
		return copy.blocking();
	}

	/**
	 * Return the command to send when some of its time has passed.
	 * @param <T> the type of the reply
	 * @param command a command
	 * @param passed how long its caller has waited
	 * @return the command with what is left of its time-out, at least a millisecond, or
	 * the command itself if it has none
	 */
	public static <T> CommandObject<T> rest(CommandObject<T> command, Duration passed) {
		CommandArguments arguments = command.getArguments();
		Duration timeout = timeout(arguments);
		if (timeout == null || timeout.isZero() || INDIVISIBLE.contains(name(arguments))) {
			return command;
		}
		Duration left = timeout.minus(passed);
		CommandObject<T> rest = new CommandObject<>(
				withTimeout(arguments, (left.compareTo(SHORTEST) > 0) ? left : SHORTEST), command.getBuilder());
		if (command instanceof NodeBoundCommand<T> bound) {
			return new NodeBoundCommand<>(rest, bound.getNode());
		}
		return (command instanceof SlotBoundCommand<T> bound) ? new SlotBoundCommand<>(rest, bound.getSlot()) : rest;
	}

	private static String name(CommandArguments arguments) {
		return text(arguments, 0).toUpperCase(Locale.ROOT);
	}

	private static int timeoutIndex(String name, CommandArguments arguments) {
		Integer index = TIMEOUT_INDEX.get(name);
		if (index != null) {
			return (index < 0) ? arguments.size() + index : index;
		}
		return switch (name) {
			case "XREAD" -> behindBlock(arguments, FIRST_OPTION_OF_XREAD);
			case "XREADGROUP" -> behindBlock(arguments, FIRST_OPTION_OF_XREADGROUP);
			default -> -1;
		};
	}

	// Streams and IDs may be named BLOCK.
	private static int behindBlock(CommandArguments arguments, int first) {
		for (int i = first; i < arguments.size(); i++) {
			switch (text(arguments, i).toUpperCase(Locale.ROOT)) {
				case "BLOCK" -> {
					return i + 1;
				}
				case "COUNT" -> i++;
				case "STREAMS" -> {
					return -1;
				}
				default -> {
				}
			}
		}
		return -1;
	}

	private static String text(CommandArguments arguments, int index) {
		return new String(arguments.get(index).getRaw(), StandardCharsets.UTF_8);
	}

}
