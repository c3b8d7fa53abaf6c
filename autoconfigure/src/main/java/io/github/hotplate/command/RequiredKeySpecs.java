package io.github.hotplate.command;

import java.util.List;

import org.springframework.dao.InvalidDataAccessApiUsageException;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * For commands that only their keys can route: fails without an answer.
 */
final class RequiredKeySpecs implements KeySpecPolicy {

	/**
	 * A failing node costs two attempts: one on a pooled connection, one on opening the
	 * next. Then it is ejected, and the next attempt goes to another node.
	 */
	private static final int ATTEMPTS = 5;

	private final KeySpecCache cache;

	RequiredKeySpecs(KeySpecCache cache) {
		this.cache = cache;
	}

	@Override
	public List<KeySpec> specs(String command) {
		KeySpecCache.Entry known = this.cache.find(command);
		KeySpecCache.Entry entry = (known != null && !known.isRefusal()) ? known : load(command);
		if (entry.hidesKeys()) {
			throw new InvalidDataAccessApiUsageException(
					"Redis does not report its key positions. Call " + remedy(command));
		}
		return entry.specs();
	}

	private KeySpecCache.Entry load(String command) {
		try {
			return this.cache.load(command, ATTEMPTS);
		}
		catch (JedisDataException ex) {
			throw ErrorReply.of(ex).isNeverAnswered() ? refused(command, ex) : ex;
		}
	}

	private static JedisDataException refused(String command, JedisDataException refusal) {
		String message = "Redis refuses COMMAND INFO for " + command.replace('|', ' ') + ": " + refusal.getMessage()
				+ ". Grant the user +command|info, or call " + remedy(command);
		return (refusal instanceof JedisAccessControlException) ? new JedisAccessControlException(message, refusal)
				: new JedisDataException(message, refusal);
	}

	private static String remedy(String command) {
		String name = command.replace('|', ' ');
		return "the typed method for " + name + " instead of execute(\"" + command.replaceFirst("\\|.*", "") + "\")";
	}

}
