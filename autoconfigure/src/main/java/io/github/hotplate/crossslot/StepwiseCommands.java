package io.github.hotplate.crossslot;

import java.util.Map;
import java.util.Set;

import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.ResponsePolicy;

/**
 * The commands that run in steps, by name. Thread-safe.
 */
final class StepwiseCommands {

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
