package io.github.hotplate.observation;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandFlagsRegistry;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.StaticCommandFlagsRegistry;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;

/**
 * Bounds the names of commands that meters and spans show. Redis' own commands keep their
 * names. Of the names that Jedis does not know, the first {@value #LIMIT} are kept and
 * all further ones count as {@code other}: an application that derives names from its
 * input must not fill a registry. Thread-safe.
 */
final class CommandLabels {

	/**
	 * The labels of this process. Shared, so that all meters and spans agree on which
	 * names they keep.
	 */
	static final CommandLabels SHARED = new CommandLabels();

	private static final int LIMIT = 100;

	private static final CommandFlagsRegistry FLAGS = StaticCommandFlagsRegistry.registry();

	private static final CommandSpec OTHER = CommandSpecs.of(arguments("OTHER"));

	// The registry lacks flags of containers and of some new commands.
	private static final Set<String> KNOWN = Stream
		.concat(Stream.of(Command.values()).map(Command::name), Stream.of("PIPELINE"))
		.collect(Collectors.toUnmodifiableSet());

	private final Set<CommandSpec> known = ConcurrentHashMap.newKeySet();

	private final Set<CommandSpec> unknown = ConcurrentHashMap.newKeySet();

	/**
	 * Return the command under whose name a command is shown.
	 * @param command the command
	 * @return the command itself, or the one that stands for all others
	 */
	CommandSpec limit(CommandSpec command) {
		if (this.known.contains(command) || this.unknown.contains(command)) {
			return command;
		}
		if (isKnown(command.name())) {
			this.known.add(command);
			return command;
		}
		return admit(command) ? command : OTHER;
	}

	private boolean admit(CommandSpec command) {
		if (this.unknown.size() >= LIMIT) {
			return false;
		}
		synchronized (this.unknown) {
			return this.unknown.contains(command) || (this.unknown.size() < LIMIT && this.unknown.add(command));
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
