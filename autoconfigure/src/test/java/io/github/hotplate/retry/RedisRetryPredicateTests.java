package io.github.hotplate.retry;

import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.RedisSystemException;
import org.springframework.data.redis.connection.RedisPipelineException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.CommandTimeoutException;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.execution.CrossSlotException;
import io.github.hotplate.execution.NodeUnreachableException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisRetryPredicate}.
 */
class RedisRetryPredicateTests {

	private static final JedisConnectionException LOST = new JedisConnectionException("reset");

	private static final AmbiguousExecutionException AMBIGUOUS = new AmbiguousExecutionException("INCR", LOST);

	private final RedisRetryPredicate predicate = new RedisRetryPredicate();

	@ParameterizedTest
	@MethodSource
	void passes(Throwable failure) {
		assertThat(this.predicate.test(failure)).isTrue();
		assertThat(this.predicate.test(new IllegalStateException("service", failure))).isTrue();
	}

	static Stream<Throwable> passes() {
		return Stream.of(new NodeUnreachableException("refused", null), new ClusterDownException("down", null),
				new CommandTimeoutException("no reply", new JedisConnectionException(new SocketTimeoutException())),
				new RedisConnectionFailureException("lost", LOST), refusal("READONLY You can't write"),
				refusal("LOADING Redis is loading"), refusal("MASTERDOWN Link with MASTER is down"),
				refusal("TRYAGAIN Multiple keys"),
				new RedisPipelineException(new ClusterDownException("down", null), List.of("OK")));
	}

	@ParameterizedTest
	@MethodSource
	void stays(Throwable failure) {
		assertThat(this.predicate.test(failure)).isFalse();
		assertThat(new RedisRetryPredicate(true).test(failure)).isFalse();
	}

	static Stream<Throwable> stays() {
		return Stream.of(new IllegalArgumentException("ours"), new ConnectionPoolExhaustedException("limit 1"),
				new CrossSlotException("two slots"),
				new RedisSystemException("WRONGTYPE", new JedisDataException("WRONGTYPE Operation")),
				refusal("OOM command not allowed"));
	}

	@ParameterizedTest
	@MethodSource
	void isNotRepeatedUnlessAsked(Throwable failure) {
		assertThat(this.predicate.test(failure)).isFalse();
		assertThat(new RedisRetryPredicate(true).test(failure)).isTrue();
	}

	static Stream<Throwable> isNotRepeatedUnlessAsked() {
		return Stream.of(AMBIGUOUS, new IllegalStateException("service", AMBIGUOUS), LOST,
				new RedisPipelineException(new ClusterDownException("down", null), List.of("OK", AMBIGUOUS)));
	}

	private static TransientDataAccessResourceException refusal(String message) {
		return new TransientDataAccessResourceException(message, new JedisDataException(message));
	}

}
