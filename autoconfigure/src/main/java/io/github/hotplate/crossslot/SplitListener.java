package io.github.hotplate.crossslot;

import io.github.hotplate.command.CommandSpec;

/**
 * Is told of every command that takes several parts to run on a cluster. Beans of this
 * type are called in their order, on the thread of the command; they must be thread-safe
 * and quick.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SplitListener {

	/**
	 * A command is about to be sent in parts.
	 * @param command the command
	 * @param keys the number of its keys, repeated ones included; 0 for a command that
	 * has none
	 * @param nodes the number of nodes that see a part of it, as far as they are known
	 */
	void onSplit(CommandSpec command, int keys, int nodes);

}
