package io.github.hotplate.command;

import java.util.List;

import org.springframework.dao.DataAccessException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * For commands that reach their node without marked keys: asks once, and goes on without
 * an answer.
 */
final class OptionalKeySpecs implements KeySpecPolicy {

	private final KeySpecCache cache;

	OptionalKeySpecs(KeySpecCache cache) {
		this.cache = cache;
	}

	@Override
	public List<KeySpec> specs(String command) {
		KeySpecCache.Entry known = this.cache.find(command);
		if (known != null) {
			return known.specs();
		}
		try {
			return this.cache.load(command, 1).specs();
		}
		catch (JedisException | DataAccessException ex) {
			// COMMAND may be forbidden or renamed. After any other failure, ask again.
			if (ErrorReply.of(ex).isNeverAnswered()) {
				this.cache.rememberRefusal(command);
			}
			return List.of();
		}
	}

}
