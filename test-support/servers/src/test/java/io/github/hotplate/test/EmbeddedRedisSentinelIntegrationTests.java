package io.github.hotplate.test;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.exceptions.JedisDataException;

import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link EmbeddedRedisSentinel}.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class EmbeddedRedisSentinelIntegrationTests {

	/**
	 * A Sentinel to which this happens between two looks at the clock trusts nothing.
	 */
	private static final Duration TILT_TRIGGER = Duration.ofSeconds(2);

	@Test
	void urlNamesSentinelsAndMaster(EmbeddedRedisSentinel redis) {
		assertThat(redis.url()).matches("redis-sentinel://127\\.0\\.0\\.1:\\d+(,127\\.0\\.0\\.1:\\d+){2}/mymaster");
		assertThat(redis.sentinels()).hasSize(3)
			.allSatisfy((sentinel) -> assertThat(redis.url()).contains(sentinel.toString()));
	}

	@Test
	void failOverPromotesAReplica(EmbeddedRedisSentinel redis) {
		RedisNode former = redis.primary();
		former.execute("SET", "key", "value");
		RedisNode successor = redis.failOver();
		assertThat(successor).isNotSameAs(former).isSameAs(redis.primary());
		assertThat(successor.execute("GET", "key")).isEqualTo("value");
		redis.awaitHealthy();
		assertThat(redis.replicas()).hasSize(2).contains(former);
	}

	@Test
	void killedPrimaryIsReplacedAndComesBackAsReplica(EmbeddedRedisSentinel redis) {
		redis.awaitHealthy();
		RedisNode killed = redis.primary();
		killed.kill();
		await().atMost(Duration.ofSeconds(60)).until(() -> redis.primary() != killed);
		redis.awaitHealthy();
		assertThat(ReplicationRole.of(killed).primaryPort()).isEqualTo(redis.primary().port());
	}

	@Test
	void killedSentinelComesBack(EmbeddedRedisSentinel redis) {
		RedisNode sentinel = redis.sentinels().get(0);
		sentinel.kill();
		assertThat(redis.primary().isRunning()).isTrue();
		redis.awaitHealthy();
		assertThat(sentinel.isRunning()).isTrue();
	}

	@Test
	void sentinelThatWasHeldUpIsFitAgain(EmbeddedRedisSentinel redis) {
		redis.awaitHealthy();
		RedisNode sentinel = redis.sentinels().get(0);
		sentinel.pause();
		await().pollDelay(TILT_TRIGGER.multipliedBy(2)).until(() -> true);
		sentinel.resume();
		await().atMost(Duration.ofSeconds(60)).until(() -> isTilted(sentinel));
		redis.awaitHealthy();
		assertThat(isTilted(sentinel)).isFalse();
	}

	private static boolean isTilted(RedisNode sentinel) {
		return String.valueOf(sentinel.execute("INFO", "sentinel")).contains("sentinel_tilt:1");
	}

	@Test
	void sentinelThatMissedFailoverDoesNotUndoIt(EmbeddedRedisSentinel redis) {
		RedisNode sentinel = redis.sentinels().get(0);
		sentinel.kill();
		RedisNode successor = redis.failOver();
		redis.awaitHealthy();
		assertThat(redis.primary()).isSameAs(successor);
		assertThat(ReplicationRole.of(successor).isPrimary()).isTrue();
		assertThat(sentinel.isRunning()).isTrue();
	}

	@Test
	void passwordsAndTlsHoldForSentinelsToo() {
		try (EmbeddedRedisSentinel redis = EmbeddedRedisSentinel.builder()
			.replicas(1)
			.masterName("other")
			.user("alice", "secret")
			.sentinelPassword("hush hush")
			.tls(true)
			.start()) {
			assertThat(redis.url()).startsWith("rediss-sentinel://").endsWith("/other");
			RedisNode sentinel = redis.sentinels().get(0);
			assertThatExceptionOfType(JedisDataException.class)
				.isThrownBy(() -> NodeConnection.open(sentinel.address(), Credentials.NONE, redis.tls()))
				.withMessageContaining("NOAUTH");
			RedisNode former = redis.primary();
			assertThat(redis.failOver()).isNotSameAs(former);
			redis.awaitHealthy();
		}
	}

}
