package io.github.hotplate.crossslot;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/**
 * Does in steps what Redis does at once where all keys hash to one slot. Others may see
 * and change the data between two steps. If a step fails, nothing is lost: what is moved
 * is written to its new place before it is removed from the old one, so that it may be
 * left in both.
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

}
