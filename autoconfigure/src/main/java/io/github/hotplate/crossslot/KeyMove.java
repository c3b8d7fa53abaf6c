package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.command.ErrorReply;

/**
 * {@code RENAME} and {@code RENAMENX} of a key to another slot: dumps the value with its
 * expiry, restores it under the new key, and then deletes the old one. What other clients
 * write to the old key in between is lost.
 */
final class KeyMove {

	private static final byte[] OK = "OK".getBytes(StandardCharsets.US_ASCII);

	private KeyMove() {
	}

	static Object rename(CommandArguments command, Steps steps) {
		move(command, steps, true);
		return OK;
	}

	static Object renameIfAbsent(CommandArguments command, Steps steps) {
		return move(command, steps, false) ? 1L : 0L;
	}

	private static boolean move(CommandArguments command, Steps steps, boolean replace) {
		Object source = command.getKeys().get(0);
		Object target = command.getKeys().get(1);
		List<@Nullable Object> found = steps.sendAtomically(Steps.step(Command.DUMP, source),
				Steps.step(Command.PTTL, source));
		if (!(found.get(0) instanceof byte[] value) || !(found.get(1) instanceof Long ttl)) {
			throw new JedisDataException("ERR no such key");
		}
		// For PTTL a key without expiry has -1, for RESTORE it has 0.
		CommandArguments restore = Steps.step(Command.RESTORE, target).add((ttl < 0) ? 0 : Math.max(ttl, 1)).add(value);
		if (!restore(replace ? restore.add("REPLACE") : restore, steps)) {
			return false;
		}
		steps.send(Steps.step(Command.DEL, source));
		return true;
	}

	private static boolean restore(CommandArguments restore, Steps steps) {
		try {
			steps.send(restore);
			return true;
		}
		catch (JedisDataException ex) {
			if (ErrorReply.of(ex) == ErrorReply.BUSYKEY) {
				return false;
			}
			throw ex;
		}
	}

}
