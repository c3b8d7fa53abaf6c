package io.github.hotplate.activity;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandFlagsRegistry;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.StaticCommandFlagsRegistry;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;

/**
 * Bounds the names that meters, spans and activities show. Redis' own commands keep their
 * names. A name that Jedis does not know is kept once Redis has run it, for the first
 * {@value #LIMIT} of them; until then it counts as {@code other}. An application that
 * derives names from its input must not fill a registry, nor show that input.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class CommandLabels {

	/**
	 * The labels of this process. Shared, so that all who show names agree on which they
	 * keep.
	 */
	public static final CommandLabels SHARED = new CommandLabels();

	private static final int LIMIT = 100;

	private static final CommandFlagsRegistry FLAGS = StaticCommandFlagsRegistry.registry();

	/**
	 * Stands for all commands whose names are not shown.
	 */
	public static final CommandSpec OTHER = CommandSpecs.of(arguments("OTHER"));

	// The registry lacks flags of containers and of some new commands.
	private static final Set<String> KNOWN = Stream
		.concat(Stream.of(Command.values()).map(Command::name), Stream.of("PIPELINE"))
		.collect(Collectors.toUnmodifiableSet());

	private final Set<CommandSpec> known = ConcurrentHashMap.newKeySet();

	private final Set<CommandSpec> learned = ConcurrentHashMap.newKeySet();

	private final Set<String> pipelines = ConcurrentHashMap.newKeySet();

	private final Set<String> procedures = ConcurrentHashMap.newKeySet();

	/**
	 * Return the command under whose name a command is shown.
	 * @param command the command
	 * @return the command itself, or the one that stands for all others
	 */
	public CommandSpec limit(CommandSpec command) {
		if (this.known.contains(command) || this.learned.contains(command)) {
			return command;
		}
		if (isKnown(command.name())) {
			this.known.add(command);
			return command;
		}
		return OTHER;
	}

	/**
	 * Note that Redis has run a command, so that its name is no input of a user.
	 * @param command the command
	 * @return the command under whose name it is shown from now on
	 */
	public CommandSpec learn(CommandSpec command) {
		CommandSpec shown = limit(command);
		// Redis' own commands take no place of others.
		return (shown == OTHER && admit(this.learned, command)) ? command : shown;
	}

	/**
	 * Return the name under which a pipeline is shown.
	 * @param name the name that the application gave it
	 * @return the name, or an empty one beyond the first {@value #LIMIT}
	 */
	public String limitPipeline(String name) {
		return (name.isEmpty() || admit(this.pipelines, name)) ? name : "";
	}

	/**
	 * Return the script or function that the name of a span shows.
	 * @param name the name of the script or function, or {@code null}
	 * @return the name, or {@code null} beyond the first {@value #LIMIT}
	 */
	public @Nullable String limitProcedure(@Nullable String name) {
		return (name != null && admit(this.procedures, name)) ? name : null;
	}

	private static <T> boolean admit(Set<T> admitted, T candidate) {
		if (admitted.contains(candidate)) {
			return true;
		}
		if (admitted.size() >= LIMIT) {
			return false;
		}
		synchronized (admitted) {
			return admitted.contains(candidate) || (admitted.size() < LIMIT && admitted.add(candidate));
		}
	}

	private static boolean isKnown(String name) {
		String[] words = name.split(" ", 2);
		if (words.length == 1) {
			return KNOWN.contains(name) || hasFlags(arguments(name));
		}
		// Only a container has subcommands: "GET X" is a name somebody made up.
		return KNOWN.contains(words[0]) && !hasFlags(arguments(words[0]))
				&& hasFlags(arguments(words[0]).add(words[1]));
	}

	private static boolean hasFlags(CommandArguments arguments) {
		return FLAGS.getFlags(arguments) != StaticCommandFlagsRegistry.EMPTY_FLAGS;
	}

	private static CommandArguments arguments(String command) {
		byte[] raw = command.getBytes(StandardCharsets.UTF_8);
		return new CommandArguments(() -> raw);
	}

}
