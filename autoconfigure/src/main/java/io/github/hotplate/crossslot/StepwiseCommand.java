package io.github.hotplate.crossslot;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/**
 * Does in steps what Redis does at once if all keys hash to one slot. Other clients may
 * see and change the data between two steps. A failed step loses nothing: data is written
 * to its new place before it is removed from the old one, and may be left in both.
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
