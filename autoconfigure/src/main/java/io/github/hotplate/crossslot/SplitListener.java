package io.github.hotplate.crossslot;

import io.github.hotplate.command.CommandSpec;

/**
 * Called for each command that takes several parts to run. Beans of this type are called
 * in their order, on the thread of the command; they must be thread-safe and fast.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SplitListener {

	/**
	 * A command is about to be sent in parts.
	 * @param command the command
	 * @param keys the number of its keys, duplicates included; 0 for a command without
	 * keys
	 * @param nodes the number of known nodes that see a part of it
	 */
	void onSplit(CommandSpec command, int keys, int nodes);

}
