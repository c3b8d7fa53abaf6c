package io.github.hotplate.crossslot;

import java.util.Map;
import java.util.Set;

import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.ResponsePolicy;

/**
 * The commands that can run in steps.
 */
final class StepwiseCommands {

	private static final Map<String, StepwiseCommand> BY_NAME = Map.ofEntries(Map.entry("RENAME", KeyMove::rename),
			Map.entry("RENAMENX", KeyMove::renameIfAbsent), Map.entry("SMOVE", MemberMove::run),
			Map.entry("SORT", SortStore::run), Map.entry("SINTERSTORE", new SetStore(ResponsePolicy.INTERSECTION)),
			Map.entry("SUNIONSTORE", new SetStore(ResponsePolicy.UNION)),
			Map.entry("SDIFFSTORE", new SetStore(ResponsePolicy.DIFFERENCE)),
			Map.entry("BLPOP", new ListPop(Command.LPOP)), Map.entry("BRPOP", new ListPop(Command.RPOP)),
			Map.entry("RPOPLPUSH", ListMove::run), Map.entry("BRPOPLPUSH", ListMove::await));

	private StepwiseCommands() {
	}

	/**
	 * Find the steps of a command.
	 * @param spec the command, whose policy is to run in steps
	 * @return how to run it
	 */
	static StepwiseCommand find(CommandSpec spec) {
		StepwiseCommand command = BY_NAME.get(spec.name());
		if (command == null) {
			throw new IllegalArgumentException("No stepwise implementation of " + spec.name());
		}
		return command;
	}

	static Set<String> names() {
		return BY_NAME.keySet();
	}

}
