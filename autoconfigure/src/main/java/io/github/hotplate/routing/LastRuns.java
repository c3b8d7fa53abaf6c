package io.github.hotplate.routing;

import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Which commands, of some that were sent together, have run last. A node that takes over
 * a slot while it reads them redirects the first ones and runs the others.
 *
 * @param last the last command that ran, by key
 */
record LastRuns(KeyIndex last) {

	static LastRuns of(List<PendingCommand> commands, @Nullable JedisException[] failures) {
		KeyIndex last = KeyIndex.ofLast();
		for (int i = 0; i < failures.length; i++) {
			if (failures[i] == null) {
				last.add(commands.get(i).footprint(), commands.get(i).index());
			}
		}
		return new LastRuns(last);
	}

	/**
	 * Tell whether a later command on one of a command's keys has run.
	 * @param command a command that has not run
	 * @return whether it was overtaken
	 */
	boolean overtook(PendingCommand command) {
		return this.last.find(command.footprint()) > command.index();
	}

}
