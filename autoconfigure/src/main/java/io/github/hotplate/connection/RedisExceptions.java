package io.github.hotplate.connection;

import java.net.SocketTimeoutException;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.TooManyClusterRedirectionsException;
import org.springframework.data.redis.connection.jedis.JedisExceptionConverter;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.CommandTimeoutException;

/**
 * Translates Jedis' exceptions into Spring's by their cause. Spring Data Redis' own
 * converter compares against a Jedis message that lacks its final dot, and reports most
 * cluster failures as invalid API usage.
 */
final class RedisExceptions {

	private static final JedisExceptionConverter STOCK = new JedisExceptionConverter();

	private RedisExceptions() {
	}

	static DataAccessException translate(Exception ex) {
		if (ex instanceof DataAccessException translated) {
			return translated;
		}
		String message = String.valueOf(ex.getMessage());
		if (ex instanceof JedisConnectionException) {
			return (ex.getCause() instanceof SocketTimeoutException)
					? new CommandTimeoutException("No reply came in time: " + message, ex)
					: new RedisConnectionFailureException(message, ex);
		}
		if (ex instanceof JedisRedirectionException) {
			return new TooManyClusterRedirectionsException(message, ex);
		}
		if (ex instanceof JedisAccessControlException) {
			return new PermissionDeniedDataAccessException(message, ex);
		}
		if (ErrorReply.of(ex).isServerState()) {
			return new TransientDataAccessResourceException(message, ex);
		}
		DataAccessException stock = STOCK.convert(ex);
		return (stock != null) ? stock : new RedisSystemException(message, ex);
	}

}
