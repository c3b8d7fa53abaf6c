package io.github.hotplate.sentinel;

import org.springframework.core.NestedExceptionUtils;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Classifies exceptions of Jedis.
 */
final class SentinelFailures {

	private SentinelFailures() {
	}

	static boolean isRejectedLogin(JedisException ex) {
		return !isForbidden(ex) && (ex instanceof JedisAccessControlException
				|| (ex instanceof JedisDataException && message(ex).contains("AUTH")));
	}

	/**
	 * Tell whether the user was authenticated but may not run the command.
	 * @param ex the failure of the command
	 * @return whether an ACL forbids it
	 */
	static boolean isForbidden(JedisException ex) {
		return ex instanceof JedisAccessControlException && message(ex).startsWith("NOPERM");
	}

	static boolean isUnknownCommand(JedisException ex) {
		return ex instanceof JedisDataException && message(ex).contains("unknown command");
	}

	static String message(Throwable ex) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		// Jedis tries all addresses of a host and suppresses their failures.
		if (root.getSuppressed().length > 0) {
			root = root.getSuppressed()[0];
		}
		return (root.getMessage() != null) ? root.getMessage() : root.getClass().getSimpleName();
	}

}
