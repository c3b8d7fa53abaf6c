package io.github.hotplate.retry;

import java.util.Set;

import redis.clients.jedis.CommandObject;

import io.github.hotplate.command.CommandSpec;
import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.Footprint;

/**
 * What comes of running a command of a pipeline once more.
 *
 * @param footprint the keys that it touches
 * @param blind whether neither its effect nor its reply depends on what is there
 * @param overwrites whether it leaves nothing of what was at its keys
 * @param retryable whether it may run again after its reply has arrived
 */
record Rerun(Footprint footprint, boolean blind, boolean overwrites, boolean retryable) {

	private static final Set<String> OVERWRITING = Set.of("SET", "SETEX", "PSETEX", "MSET");

	private static final Set<String> BLIND = Set.of("SET", "SETEX", "PSETEX", "MSET", "HMSET", "JSON.SET");

	/**
	 * Find out about a command.
	 * @param command the command
	 * @param now milliseconds since the epoch
	 * @param atLeastOnce whether writes are repeated even if they must not run twice
	 * @return what comes of running it once more
	 */
	static Rerun of(CommandObject<?> command, long now, boolean atLeastOnce) {
		CommandSpec spec = CommandSpecs.of(command.getArguments());
		boolean blind = BLIND.contains(spec.name()) && spec.mayRunTwice(command.getArguments(), now);
		return new Rerun(Footprint.of(spec, command), blind || (atLeastOnce && !spec.readOnly()),
				blind && OVERWRITING.contains(spec.name()), spec.readOnly() || blind);
	}

}
