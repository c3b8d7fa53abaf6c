package io.github.hotplate.pool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.client.Internals;
import io.github.hotplate.client.TestClient;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * The limit on connections holds on all paths, as counted by Redis.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class PoolLimitIntegrationTests {

	/**
	 * Long enough to tell one wait from one for each of three nodes on a slow machine.
	 */
	private static final Duration WAIT = Duration.ofSeconds(2);

	private static final int THREADS = 32;

	private static final int LIMIT = 4;

	/**
	 * Keys of all three primaries.
	 */
	private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f");

	private static EmbeddedRedisCluster cluster;

	@Test
	void limitHoldsUnderMixedLoadAndNothingLeaks() {
		// Redis may still be closing the connections of clients before this one.
		await().until(() -> openAtOnce() == 0);
		try (TestClient client = TestClient.start(cluster.url(), "max_connections=" + LIMIT, "timeout=20s",
				"client_set_name=true")) {
			CompletableFuture<?> load = CompletableFuture.allOf(IntStream.range(0, THREADS)
				.mapToObj((seed) -> CompletableFuture.runAsync(() -> mixedCalls(client.redis(), new Random(seed)),
						(task) -> new Thread(task, "load-" + seed).start()))
				.toArray(CompletableFuture<?>[]::new));
			int most = 0;
			while (!load.isDone()) {
				most = Math.max(most, openAtOnce());
			}
			assertThat(load).isCompleted();
			assertThat(most).isBetween(1, LIMIT);
			// The client may be asking its servers something.
			await().untilAsserted(() -> {
				PoolUsage usage = client.pool().totalUsage();
				assertThat(usage.active()).isZero();
				assertThat(openAtOnce()).isEqualTo(usage.idle()).isLessThanOrEqualTo(LIMIT);
				assertThat(client.pool().connectionCounts().open()).isEqualTo(usage.idle());
			});
			List<Connection> all = Stream.generate(() -> Internals.borrow(client.pool())).limit(LIMIT).toList();
			assertThat(client.pool().totalUsage()).isEqualTo(new PoolUsage(LIMIT, 0));
			all.forEach(Connection::close);
		}
	}

	private static void mixedCalls(StringRedisTemplate redis, Random random) {
		for (int i = 0; i < 40; i++) {
			String key = KEYS.get(random.nextInt(KEYS.size()));
			switch (random.nextInt(5)) {
				case 0 -> redis.opsForValue().set(key, "value");
				case 1 -> redis.opsForValue().get(key);
				case 2 -> assertThat(redis.opsForValue().multiGet(KEYS)).hasSameSizeAs(KEYS);
				case 3 -> assertThat(pipeline(redis)).hasSameSizeAs(KEYS);
				default -> {
					redis.opsForList().leftPush("list:" + key, "value");
					assertThat(redis.opsForList().rightPop("list:" + key, Duration.ofSeconds(10))).isEqualTo("value");
				}
			}
		}
	}

	private static List<Object> pipeline(StringRedisTemplate redis) {
		return redis.executePipelined((RedisCallback<?>) (connection) -> {
			KEYS.forEach((key) -> connection.stringCommands().get(key.getBytes(StandardCharsets.UTF_8)));
			return null;
		});
	}

	/**
	 * Count connections that were open at the same time: those seen at all nodes before
	 * that are still seen after.
	 */
	private static int openAtOnce() {
		Set<String> connections = new HashSet<>(connections());
		connections.retainAll(connections());
		return connections.size();
	}

	private static Set<String> connections() {
		return cluster.nodes()
			.stream()
			.flatMap((node) -> String.valueOf(node.execute("CLIENT", "LIST"))
				.lines()
				.filter((line) -> line.contains(" name=foo ") && !line.contains(" flags=A "))
				.map((line) -> node + " " + line.split(" ", 2)[0]))
			.collect(Collectors.toSet());
	}

	@Test
	void waitForConnectionEndsInTimeWithNumbers() {
		try (TestClient client = TestClient.start(cluster.url(), "max_connections=1", "timeout=" + WAIT);
				Connection taken = Internals.borrow(client.pool())) {
			assertThat(taken.ping()).isTrue();
			assertExhaustedInTime(() -> client.redis().opsForValue().get("a"));
		}
	}

	@Test
	void waitForConnectionEndsAtDeadlineOfCall() {
		try (TestClient client = TestClient.start(cluster.url(), "max_connections=1", "timeout=1m",
				"retry.deadline=" + WAIT); Connection taken = Internals.borrow(client.pool())) {
			assertThat(taken.ping()).isTrue();
			long start = System.nanoTime();
			assertThat(rootCause(() -> client.redis().opsForValue().get("a")))
				.isInstanceOf(ConnectionPoolExhaustedException.class);
			assertThat(rootCause(() -> pipeline(client.redis()))).isInstanceOf(ConnectionPoolExhaustedException.class);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
		}
	}

	@Test
	void callToManyNodesWaitsNoLongerThanOneToOne() {
		try (TestClient client = TestClient.start(cluster.url(), "max_connections=1", "timeout=" + WAIT);
				Connection taken = Internals.borrow(client.pool())) {
			assertThat(taken.ping()).isTrue();
			assertExhaustedInTime(() -> client.redis().opsForValue().multiGet(KEYS));
			assertExhaustedInTime(() -> pipeline(client.redis()));
		}
	}

	@Test
	void limitCanBeForEachNode() {
		RedisNode node = cluster.primaryOf("a");
		try (TestClient client = TestClient.start(cluster.url(), "max_connections=1", "max_connections_per_node=true",
				"timeout=" + WAIT);
				Connection taken = Internals.borrow(client.pool(), new HostAndPort(node.host(), node.port()))) {
			assertThat(taken.ping()).isTrue();
			assertExhaustedInTime(() -> client.redis().opsForValue().get("a"));
			client.redis().opsForValue().set("b", "value");
			assertThat(client.redis().opsForValue().get("b")).isEqualTo("value");
			assertExhaustedInTime(() -> client.redis().opsForValue().multiGet(KEYS));
		}
	}

	@Test
	void oneConnectionServesAllNodesInTurn() {
		try (TestClient client = TestClient.start(cluster.url(), "max_connections=1")) {
			for (String key : KEYS) {
				client.redis().opsForValue().set(key, key);
			}
			assertThat(client.redis().opsForValue().multiGet(KEYS)).isEqualTo(KEYS);
			await().until(() -> client.pool().totalUsage().equals(new PoolUsage(0, 1)));
		}
	}

	private static void assertExhaustedInTime(ThrowingCallable call) {
		long start = System.nanoTime();
		assertThat(rootCause(call)).isInstanceOf(ConnectionPoolExhaustedException.class)
			.hasMessageContainingAll("'foo'", "within " + WAIT.toMillis() + " ms", "limit 1", "in use 1", "idle 0",
					"waiting 0");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(WAIT, WAIT.multipliedBy(5).dividedBy(2));
	}

	private static Throwable rootCause(ThrowingCallable call) {
		return NestedExceptionUtils.getMostSpecificCause(Objects.requireNonNull(catchThrowable(call)));
	}

}
