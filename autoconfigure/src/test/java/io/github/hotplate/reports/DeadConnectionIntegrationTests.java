package io.github.hotplate.reports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.FaultProxy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that died while nobody used them cost one caller little, and not one call
 * each.
 */
class DeadConnectionIntegrationTests {

	/**
	 * Long enough for a busy machine to open fifty connections at once.
	 */
	private static final String[] STANDALONE = { "mode=standalone", "timeout=10s", "socket_timeout=3s" };

	private static final Executor THREADS = (task) -> new Thread(task, "caller").start();

	private static final Duration LONG = Duration.ofSeconds(20);

	/**
	 * A server of its own, since it is restarted.
	 */
	private static EmbeddedRedisServer redis;

	@BeforeAll
	static void start() {
		redis = EmbeddedRedisServer.builder().start();
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@Test
	@Report("jedis #2359")
	void fortyForgottenConnectionsCostOneTimeoutAndOneCheck() {
		try (FaultProxy proxy = FaultProxy.to(redis.node()); TestClient client = start(proxy)) {
			openConnections(client, 40);
			proxy.forgetConnections();
			long start = System.nanoTime();
			assertThat(client.redis().opsForValue().get("a")).isNull();
			// One time-out and one check of 200 ms, and no second time-out.
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
			assertThat(client.pool().totalUsage().idle()).isOne();
			assertThat(client.pool().ejected()).isEmpty();
		}
	}

	@Test
	@Report("restart with many idle connections")
	void restartWithFiftyIdleConnectionsCostsOneCallAtMost() {
		try (FaultProxy proxy = FaultProxy.to(redis.node()); TestClient client = start(proxy)) {
			openConnections(client, 50);
			redis.node().restart();
			StringRedisTemplate template = client.redis();
			int counted = 0;
			List<Throwable> ambiguous = new ArrayList<>();
			for (int i = 0; i < 60; i++) {
				try {
					template.opsForValue().increment("count");
					counted++;
				}
				catch (AmbiguousExecutionException ex) {
					ambiguous.add(ex);
				}
			}
			assertThat(ambiguous).hasSizeLessThanOrEqualTo(1);
			assertThat(counted).isGreaterThanOrEqualTo(59);
			assertThat(template.opsForValue().get("count")).isBetween(String.valueOf(counted), "60");
		}
	}

	@Test
	@Report("restart with many idle connections")
	void connectionsThatServerHasClosedAreFoundBeforehand() {
		try (FaultProxy proxy = FaultProxy.to(redis.node()); TestClient client = start(proxy)) {
			openConnections(client, 10);
			proxy.cut();
			Awaitility.await().until(() -> client.pool().totalUsage().idle() == 0);
			for (int i = 0; i < 20; i++) {
				assertThat(client.redis().opsForValue().increment("found")).isEqualTo(i + 1);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "standalone", "sharded" })
	@Report("jedis #1039")
	void callersOfFullServerWaitForConnectionsThatItServes(String mode) {
		try (TestClient client = TestClient.start(redis.url(), "mode=" + mode)) {
			StringRedisTemplate template = client.redis();
			template.delete("count");
			redis.node().execute("CONFIG", "SET", "maxclients", "4");
			List<CompletableFuture<Void>> callers = IntStream.range(0, 8)
				.mapToObj((caller) -> CompletableFuture.runAsync(() -> {
					for (int i = 0; i < 50; i++) {
						template.opsForValue().increment("count");
					}
				}, THREADS))
				.toList();
			assertThat(CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new))).succeedsWithin(LONG);
			assertThat(template.opsForValue().get("count")).isEqualTo("400");
			assertThat(client.pool().ejected()).isEmpty();
			template.execute((RedisCallback<Object>) (connection) -> {
				connection.serverCommands().setConfig("maxclients", "10000");
				return null;
			});
		}
	}

	private static TestClient start(FaultProxy proxy) {
		return TestClient.start("redis://" + proxy.host() + ":" + proxy.port(), STANDALONE);
	}

	private static void openConnections(TestClient client, int count) {
		CyclicBarrier all = new CyclicBarrier(count);
		List<CompletableFuture<Object>> calls = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			calls.add(CompletableFuture.supplyAsync(
					() -> client.redis().execute((RedisCallback<Object>) (connection) -> watch(connection, all)),
					THREADS));
		}
		assertThat(CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new))).succeedsWithin(LONG);
		// The pool may be looking at one of them.
		Awaitility.await().until(() -> client.pool().totalUsage().idle() == count);
	}

	// A caller that watches a key keeps its connection.
	private static Object watch(RedisConnection connection, CyclicBarrier all) {
		connection.watch("a".getBytes(StandardCharsets.UTF_8));
		try {
			return all.await(LONG.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			connection.unwatch();
		}
	}

}
