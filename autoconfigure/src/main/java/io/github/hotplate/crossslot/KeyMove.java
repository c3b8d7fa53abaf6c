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
		if (replace) {
			steps.send(restore.add("REPLACE"));
		}
		else if (!restoreIfAbsent(restore, steps)) {
			return false;
		}
		// Removed twice, it would be what others have put there in between.
		steps.countOnce(Steps.step(Command.DEL, source));
		return true;
	}

	// Retried after a lost reply, it would find what it has restored itself.
	private static boolean restoreIfAbsent(CommandArguments restore, Steps steps) {
		try {
			steps.sendOnce(restore);
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
