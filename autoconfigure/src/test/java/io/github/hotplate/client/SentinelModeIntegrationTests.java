package io.github.hotplate.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.routing.Load;
import io.github.hotplate.routing.NodeStatistics;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a client does behind Sentinels and nowhere else.
 */
@ExtendWith({ EmbeddedRedisExtension.class, OutputCaptureExtension.class })
class SentinelModeIntegrationTests {

	private static final int THREADS = 8;

	private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(2);

	/**
	 * How long after the client has learned of the new primary a call may end that waited
	 * for it: the longest pause between two attempts, and what a busy machine adds. A
	 * call that reached the silent primary late ends with its socket's time-out.
	 */
	private static final Duration MARGIN = SOCKET_TIMEOUT.plusSeconds(2);

	private static EmbeddedRedisSentinel redis;

	@AfterEach
	void heal() {
		redis.awaitHealthy();
		redis.flush();
	}

	@Test
	void deathOfPrimaryIsPause() {
		assertThatFailoverIsPause(() -> redis.primary().kill());
	}

	@Test
	void silenceOfPrimaryIsPause() {
		assertThatFailoverIsPause(() -> redis.primary().pause());
	}

	@Test
	void orderlyFailoverIsPause() {
		assertThatFailoverIsPause(redis::failOver);
	}

	private static void assertThatFailoverIsPause(Runnable failover) {
		HostAndPort former = address(redis.primary());
		AtomicLong increments = new AtomicLong();
		try (TestClient client = TestClient.start(redis.url(), "socket_timeout=" + SOCKET_TIMEOUT);
				Load load = Load.start(calls(client.redis(), increments))) {
			long start = System.nanoTime();
			failover.run();
			await().until(() -> !primary(client).equals(former));
			Duration pause = Duration.ofNanos(System.nanoTime() - start);
			load.awaitCalls();
			assertThat(load.failures()).isEmpty();
			IntStream.range(0, THREADS)
				.forEach((thread) -> assertThat(load.longestCall(thread)).isLessThan(pause.plus(MARGIN)));
			await().untilAsserted(() -> assertThat(primary(client)).isEqualTo(address(redis.primary())));
			assertThat(Long.parseLong(Objects.requireNonNullElse(client.redis().opsForValue().get("count"), "0")))
				.isLessThanOrEqualTo(increments.get());
		}
	}

	// One of the threads counts, which is never to be done twice.
	private static Runnable[] calls(StringRedisTemplate foo, AtomicLong increments) {
		Runnable count = () -> {
			increments.incrementAndGet();
			try {
				foo.opsForValue().increment("count");
			}
			catch (AmbiguousExecutionException ex) {
				assertThat(ex).hasMessageContaining("may or may not have run it");
			}
		};
		return IntStream.range(0, THREADS)
			.mapToObj((thread) -> (thread == 0) ? count : writeAndRead(foo, "key:" + thread))
			.toArray(Runnable[]::new);
	}

	private static Runnable writeAndRead(StringRedisTemplate foo, String key) {
		return () -> {
			foo.opsForValue().set(key, "value");
			foo.opsForValue().get(key);
		};
	}

	@Test
	void nothingIsWrittenToDemotedPrimary() {
		RedisNode former = redis.primary();
		try (TestClient client = TestClient.start(redis.url());
				RedisConnection watching = client.redis().getRequiredConnectionFactory().getConnection()) {
			watching.watch(bytes("text"));
			redis.failOver();
			await().until(() -> !primary(client).equals(address(former)));
			watching.multi();
			watching.stringCommands().set(bytes("text"), bytes("x"));
			assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(watching::exec)
				.withMessageContaining("no longer the primary; nothing was sent");
			client.redis().opsForValue().set("text", "y");
			assertThat(redis.primary().execute("GET", "text")).isEqualTo("y");
		}
	}

	@Test
	void readsComeFromReplicas() {
		try (TestClient client = TestClient.start(redis.url(), "read_preference=replica")) {
			StringRedisTemplate foo = client.redis();
			foo.opsForValue().set("text", "x");
			await().until(() -> redis.replicas().stream().allMatch((node) -> "x".equals(node.execute("GET", "text"))));
			await().until(() -> client.pool().topology().shards().get(0).replicas().size() == 2);
			NodeStatistics.reset(redis.nodes());
			IntStream.range(0, 20).forEach((i) -> assertThat(foo.opsForValue().get("text")).isEqualTo("x"));
			assertThat(NodeStatistics.calls(List.of(redis.primary()), "GET")).isZero();
			assertThat(NodeStatistics.calls(redis.replicas(), "GET")).isEqualTo(20);
		}
	}

	@Test
	void readsSurviveDeathOfReplica() {
		try (TestClient client = TestClient.start(redis.url(), "read_preference=replica");
				Load load = Load.start(() -> client.redis().opsForValue().get("text"))) {
			redis.replicas().get(0).kill();
			load.awaitCalls();
			assertThat(load.failures()).isEmpty();
		}
	}

	@Test
	void saysWhatItWaitsForWithPatternOfRetries(CapturedOutput output) {
		try (TestClient client = TestClient.start(redis.url(), "retry.max_retries=100",
				"retry.backoff=500 milliseconds")) {
			client.redis().opsForValue().set("text", "x");
			redis.primary().kill();
			client.redis().opsForValue().set("text", "y");
			assertThat(output).contains("Retrying in 0.5 seconds (client 'foo')");
		}
	}

	@Test
	void unknownPrimaryIsErrorAtStart(CapturedOutput output) {
		String url = redis.url().replace(redis.masterName(), "other");
		assertThatException().isThrownBy(() -> TestClient.start(url, "startup=warn").close());
		assertThat(output).containsSubsequence("Description:", "do not monitor a primary 'other'", redis.masterName(),
				"Action:", "foo.master");
	}

	@Test
	void absentSentinelsAreErrorOrWarning(CapturedOutput output) {
		String nowhere = "redis-sentinel://127.0.0.1:1,127.0.0.1:2/mymaster";
		assertThatException().isThrownBy(() -> TestClient.start(nowhere).close());
		assertThat(output).containsSubsequence("Description:", "No Sentinel of Redis client 'foo'", "can be reached",
				"Action:", "foo.startup to warn");
		try (TestClient client = TestClient.start(nowhere, "startup=warn")) {
			assertThat(output).contains("Redis client 'foo' cannot connect; starting anyway (foo.startup=warn)");
			assertThat(client.pool().topology().nodes()).isEmpty();
		}
	}

	private static HostAndPort primary(TestClient client) {
		return client.pool().topology().shards().get(0).primary().address();
	}

	private static HostAndPort address(RedisNode node) {
		return new HostAndPort(node.host(), node.port());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(20));
	}

}
