package io.github.hotplate.crossslot;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.ResponsePolicy;

/**
 * Does in steps what Redis does at once where all keys hash to one slot. Others may see
 * and change the data between two steps. Where a step fails, nothing is lost: what is
 * moved is written to its new place before it is removed from the old one, so that it may
 * be left in both.
 */
@FunctionalInterface
interface StepwiseCommand {

	/**
	 * Run a command.
	 * @param command the command, whose keys hash to several slots
	 * @param steps sends the steps
	 * @return the reply as it would come off the wire
	 */
	@Nullable Object run(CommandArguments command, Steps steps);

	/**
	 * Return how to run a command in steps.
	 * @param spec the command, whose policy is to be run in steps
	 * @return how to run it
	 */
	static StepwiseCommand of(CommandSpec spec) {
		StepwiseCommand command = Commands.BY_NAME.get(spec.name());
		if (command == null) {
			throw new IllegalArgumentException("Nobody knows the steps of " + spec.name());
		}
		return command;
	}

	/**
	 * The commands.
	 */
	final class Commands {

		private static final Map<String, StepwiseCommand> BY_NAME = Map.ofEntries(Map.entry("RENAME", KeyMove::rename),
				Map.entry("RENAMENX", KeyMove::renameIfAbsent), Map.entry("SMOVE", MemberMove::run),
				Map.entry("SORT", SortStore::run), Map.entry("SINTERSTORE", new SetStore(ResponsePolicy.INTERSECTION)),
				Map.entry("SUNIONSTORE", new SetStore(ResponsePolicy.UNION)),
				Map.entry("SDIFFSTORE", new SetStore(ResponsePolicy.DIFFERENCE)),
				Map.entry("BLPOP", new ListPop(Command.LPOP)), Map.entry("BRPOP", new ListPop(Command.RPOP)),
				Map.entry("RPOPLPUSH", ListMove::run), Map.entry("BRPOPLPUSH", ListMove::await));

		private Commands() {
		}

	}

}
