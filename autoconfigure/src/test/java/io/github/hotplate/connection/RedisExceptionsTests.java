package io.github.hotplate.connection;

import java.net.SocketTimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.TooManyClusterRedirectionsException;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

import io.github.hotplate.execution.CommandTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisExceptions}.
 */
class RedisExceptionsTests {

	@Test
	void keepsTranslatedException() {
		RedisSystemException translated = new RedisSystemException("translated", null);
		assertThat(RedisExceptions.translate(translated)).isSameAs(translated);
	}

	@Test
	void translatesTimeout() {
		assertTranslated(new JedisConnectionException("late", new SocketTimeoutException()),
				CommandTimeoutException.class);
	}

	@Test
	void translatesLostConnection() {
		assertTranslated(new JedisConnectionException("lost"), RedisConnectionFailureException.class);
	}

	@Test
	void translatesRedirection() {
		assertTranslated(new JedisMovedDataException("MOVED 1 127.0.0.1:7000", new HostAndPort("127.0.0.1", 7000), 1),
				TooManyClusterRedirectionsException.class);
	}

	@Test
	void translatesMissingPermission() {
		assertTranslated(new JedisAccessControlException("NOPERM"), PermissionDeniedDataAccessException.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "LOADING", "MASTERDOWN", "TRYAGAIN", "READONLY", "BUSY", "OOM", "NOREPLICAS", "MISCONF" })
	void translatesStateOfServer(String prefix) {
		assertTranslated(new JedisDataException(prefix + " some reason"), TransientDataAccessResourceException.class);
	}

	@Test
	void translatesOtherErrorReplyLikeSpring() {
		assertTranslated(new JedisDataException("ERR syntax error"), InvalidDataAccessApiUsageException.class);
	}

	@Test
	void translatesUnknownException() {
		assertTranslated(new IllegalStateException("unknown"), RedisSystemException.class);
	}

	private static void assertTranslated(Exception cause, Class<?> type) {
		assertThat(RedisExceptions.translate(cause)).isExactlyInstanceOf(type).hasCause(cause);
	}

}
