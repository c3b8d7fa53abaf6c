package io.github.hotplate.command;

import java.util.List;

/**
 * What to do if Redis does not report where a command has its keys.
 */
@FunctionalInterface
interface KeySpecPolicy {

	/**
	 * Return the key specifications of a command.
	 * @param command the name, a subcommand after a {@code |}
	 * @return the specifications, empty if the command has no keys or does not need them
	 */
	List<KeySpec> specs(String command);

}
