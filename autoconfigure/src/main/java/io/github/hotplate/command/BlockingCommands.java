package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandFlagsRegistry;
import redis.clients.jedis.CommandFlagsRegistry.CommandFlag;
import redis.clients.jedis.StaticCommandFlagsRegistry;

/**
 * Commands whose reply may come only when something happens, as Redis flags them.
 */
final class BlockingCommands {

	private static final CommandFlagsRegistry FLAGS = StaticCommandFlagsRegistry.registry();

	private BlockingCommands() {
	}

	/**
	 * Return whether a command may block.
	 * @param arguments the command with its arguments
	 * @return {@code true} for a command flagged {@code BLOCKING}, but for reads of
	 * streams only where they say {@code BLOCK}
	 */
	static boolean includes(CommandArguments arguments) {
		if (arguments.isBlocking() || !FLAGS.getFlags(arguments).contains(CommandFlag.BLOCKING)) {
			return arguments.isBlocking();
		}
		if (!CommandSpecs.of(arguments).name().startsWith("XREAD")) {
			return true;
		}
		for (int i = 1; i < arguments.size(); i++) {
			if (new String(arguments.get(i).getRaw(), StandardCharsets.UTF_8).toUpperCase(Locale.ROOT)
				.equals("BLOCK")) {
				return true;
			}
		}
		return false;
	}

}
