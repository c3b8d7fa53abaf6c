package io.github.hotplate.command;

import redis.clients.jedis.exceptions.JedisDataException;

/**
 * An error that a script, a function or a module made up. Its first word may be one of
 * Redis' own, as in {@code return redis.error_reply('TRYAGAIN later')}, but says nothing
 * about the server, and the script has run up to that point.
 */
final class ScriptErrorException extends JedisDataException {

	ScriptErrorException(String message) {
		super(message);
	}

	ScriptErrorException(String message, ScriptErrorException cause) {
		super(message, cause);
	}

}
