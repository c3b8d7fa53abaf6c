package io.github.hotplate.crossslot;

import java.util.Map;
import java.util.Set;

import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.ResponsePolicy;

/**
 * The commands that run in steps, by name. Thread-safe.
 */
final class StepwiseCommands {

	/**
	 * How many words a command has, its name included, unless it may have more.
	 */
	private static final Map<String, Integer> WORDS = Map.of("RENAME", 3, "RENAMENX", 3, "SMOVE", 4, "RPOPLPUSH", 3,
			"BRPOPLPUSH", 4);

	private final Map<String, StepwiseCommand> byName;

	/**
	 * Create the commands.
	 * @param polling stands in for blocking commands
	 */
	StepwiseCommands(Polling polling) {
		this.byName = Map.ofEntries(Map.entry("RENAME", KeyMove::rename),
				Map.entry("RENAMENX", KeyMove::renameIfAbsent), Map.entry("SMOVE", MemberMove::run),
				Map.entry("SORT", SortStore::run), Map.entry("SINTERSTORE", new SetStore(ResponsePolicy.INTERSECTION)),
				Map.entry("SUNIONSTORE", new SetStore(ResponsePolicy.UNION)),
				Map.entry("SDIFFSTORE", new SetStore(ResponsePolicy.DIFFERENCE)),
				Map.entry("BLPOP", polling.untilFound(new ListPop(Command.LPOP))),
				Map.entry("BRPOP", polling.untilFound(new ListPop(Command.RPOP))),
				Map.entry("RPOPLPUSH", ListMove::run), Map.entry("BRPOPLPUSH", polling.untilFound(ListMove::run)));
	}

	/**
	 * Check what Redis would check first, which is never sent the whole command.
	 * @param spec the command
	 * @param arguments the command with its arguments
	 * @throws JedisDataException if there are too few or too many, in the words of Redis
	 */
	static void checkNumberOfArguments(CommandSpec spec, CommandArguments arguments) {
		if (WORDS.getOrDefault(spec.name(), arguments.size()) != arguments.size()) {
			throw wrongNumberOfArguments(spec.label());
		}
	}

	static JedisDataException wrongNumberOfArguments(String command) {
		return new JedisDataException("ERR wrong number of arguments for '" + command + "' command");
	}

	Set<String> names() {
		return this.byName.keySet();
	}

	/**
	 * Return how to run a command in steps.
	 * @param spec the command, whose request policy is stepwise
	 * @return its steps
	 */
	StepwiseCommand get(CommandSpec spec) {
		StepwiseCommand command = this.byName.get(spec.name());
		if (command == null) {
			throw new IllegalArgumentException("No stepwise implementation of " + spec.name());
		}
		return command;
	}

}
