package io.github.hotplate.command;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import redis.clients.jedis.CommandArguments;

/**
 * Commands whose reply may come only when something happens, as Redis flags them.
 */
final class BlockingCommands {

	private BlockingCommands() {
	}

	/**
	 * Return whether a command may block.
	 * @param arguments the command with its arguments
	 * @return {@code true} for a command flagged {@code BLOCKING}, but for reads of
	 * streams only where they say {@code BLOCK}
	 */
	static boolean includes(CommandArguments arguments) {
		CommandSpec spec = CommandSpecs.of(arguments);
		if (arguments.isBlocking() || !spec.blocking()) {
			return arguments.isBlocking();
		}
		if (!spec.name().startsWith("XREAD")) {
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
