package io.github.hotplate.connection;

import java.net.SocketTimeoutException;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.data.redis.ClusterRedirectException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.TooManyClusterRedirectionsException;
import org.springframework.data.redis.connection.jedis.JedisExceptionConverter;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.command.ErrorReply;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.CommandTimeoutException;
import io.github.hotplate.execution.NodeUnreachableException;

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
		return switch (ErrorReply.of(ex).outcome()) {
			case REDIRECTED -> new TooManyClusterRedirectionsException(message, ex);
			case FORBIDDEN -> new PermissionDeniedDataAccessException(message, ex);
			case TRANSIENT -> new TransientDataAccessResourceException(message, ex);
			case CLUSTER_DOWN -> new ClusterDownException(message, ex);
			case UNREACHABLE -> new NodeUnreachableException(message, ex);
			case MISUSE -> stock(ex, message);
		};
	}

	private static DataAccessException stock(Exception ex, String message) {
		DataAccessException stock = STOCK.convert(ex);
		return (stock != null) ? stock : new RedisSystemException(message, ex);
	}

	/**
	 * Translate a failure that Spring Data Redis has translated already. It does so by
	 * itself for what fails within {@code EXEC}.
	 * @param ex the failure
	 * @return the exception that the failure gets everywhere else
	 */
	static DataAccessException retranslate(DataAccessException ex) {
		boolean stock = ex.getClass() == InvalidDataAccessApiUsageException.class
				|| ex.getClass() == ClusterRedirectException.class;
		return (stock && ex.getCause() instanceof JedisException cause) ? translate(cause) : ex;
	}

}
