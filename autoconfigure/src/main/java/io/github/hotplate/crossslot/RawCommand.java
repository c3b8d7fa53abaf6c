package io.github.hotplate.crossslot;

import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;

/**
 * Commands whose replies stay as they come off the wire, to be merged before they are
 * decoded.
 */
final class RawCommand {

	private RawCommand() {
	}

	static CommandObject<Object> of(CommandArguments arguments) {
		return new CommandObject<>(arguments, BuilderFactory.RAW_OBJECT);
	}

}
