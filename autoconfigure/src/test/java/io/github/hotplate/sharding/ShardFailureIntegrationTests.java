package io.github.hotplate.sharding;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.ScanOptions;

import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A sharded client on three servers that die, hang and return.
 */
class ShardFailureIntegrationTests {

	private static final int THREADS = 32;

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final String[] BRISK = { "penalty_box.min_wait=200 milliseconds",
			"penalty_box.max_wait=400 milliseconds", "socket_timeout=1 second" };

	/**
	 * Keys of the second server: their fallbacks are the first and the third.
	 */
	private static final List<String> KEYS_OF_SECOND = List.of("redis", "hello", "user:1", "user:3");

	private static List<EmbeddedRedisServer> servers = List.of();

	private ShardedApplication application;

	private MonitoredRedisTemplate foo;

	private ShardedRedisCluster shards;

	@BeforeAll
	static void startServers() {
		servers = Stream.generate(() -> EmbeddedRedisServer.builder().start()).limit(3).toList();
	}

	@AfterAll
	static void stopServers() {
		servers.forEach(EmbeddedRedisServer::close);
	}

	@BeforeEach
	void start() {
		servers.forEach(EmbeddedRedisServer::awaitHealthy);
		servers.forEach(EmbeddedRedisServer::flush);
		restart();
	}

	private void restart(String... properties) {
		stop();
		String[] all = (properties.length > 0) ? properties : BRISK;
		this.application = ShardedApplication.start(servers, all);
		this.foo = this.application.foo();
		this.shards = this.application.shards();
	}

	@AfterEach
	void stop() {
		if (this.application != null) {
			this.application.close();
		}
	}

	@Test
	void onlyCallsInFlightFailWhenServerDies() throws Exception {
		AtomicBoolean stopped = new AtomicBoolean();
		AtomicLong calls = new AtomicLong();
		List<Queue<RuntimeException>> failures = Stream.generate(ConcurrentLinkedQueue<RuntimeException>::new)
			.limit(THREADS)
			.<Queue<RuntimeException>>map((queue) -> queue)
			.toList();
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> running = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				int thread = i;
				running.add(threads.submit(() -> {
					for (int round = 0; !stopped.get(); round++) {
						try {
							call(thread, "key:" + thread + ":" + round % 100);
						}
						catch (RuntimeException ex) {
							failures.get(thread).add(ex);
						}
						calls.incrementAndGet();
					}
				}));
			}
			awaitFurtherCalls(calls);
			node(1).kill();
			Awaitility.await().atMost(LONG).until(() -> this.shards.penaltyBox().active().activeCount() == 2);
			awaitFurtherCalls(calls);
			stopped.set(true);
			for (Future<?> future : running) {
				future.get(LONG.toSeconds(), TimeUnit.SECONDS);
			}
		}
		finally {
			stopped.set(true);
			threads.shutdownNow();
		}
		for (int thread = 0; thread < THREADS; thread++) {
			if (thread % 4 == 0) {
				assertThat(failures.get(thread)).hasSizeLessThanOrEqualTo(1)
					.allSatisfy((failure) -> assertThat(failure).isInstanceOf(AmbiguousExecutionException.class)
						.hasStackTraceContaining("INCR"));
			}
			else {
				assertThat(failures.get(thread)).isEmpty();
			}
		}
		node(1).restart();
		Awaitility.await()
			.atMost(LONG)
			.until(() -> this.application.transitionsOf(node(1)).contains(PenaltyTransition.RETURNED));
	}

	// Every fourth thread runs what must not run twice.
	private void call(int thread, String key) {
		switch (thread % 4) {
			case 0 -> this.foo.opsForValue().increment(key);
			case 1 -> this.foo.opsForValue().set(key, "x");
			case 2 -> this.foo.opsForValue().multiGet(List.of(key, "hi", "hello", "test"));
			default -> this.shards.getClient(key).opsForValue().set(key, "x");
		}
	}

	private static void awaitFurtherCalls(AtomicLong calls) {
		long before = calls.get();
		Awaitility.await().atMost(LONG).until(() -> calls.get() > before + 100 * THREADS);
	}

	@Test
	void keysOfDeadServerAreOnFallbackUntilItReturns() {
		KEYS_OF_SECOND.forEach((key) -> this.foo.opsForValue().set(key, "old"));
		this.foo.opsForValue().set("hi", "stays");
		node(1).kill();
		KEYS_OF_SECOND.forEach((key) -> this.foo.opsForValue().set(key, "new"));
		assertThat(this.foo.opsForValue().multiGet(KEYS_OF_SECOND)).containsOnly("new");
		// Hash modulo 2 over the first and the third.
		assertThat(node(0).execute("EXISTS", "redis", "user:3")).isEqualTo(2L);
		assertThat(node(2).execute("EXISTS", "hello", "user:1")).isEqualTo(2L);
		assertThat(this.foo.opsForValue().get("hi")).isEqualTo("stays");
		node(1).restart();
		awaitReturn(1);
		assertThat(this.foo.opsForValue().multiGet(KEYS_OF_SECOND)).containsOnlyNulls();
	}

	@Test
	void failingPipelinePenalises() {
		this.foo.opsForValue().set("hello", "x");
		node(1).kill();
		assertThat(this.foo.executePipelined((RedisCallback<?>) (connection) -> {
			KEYS_OF_SECOND.forEach((key) -> connection.stringCommands().set(bytes(key), bytes("x")));
			connection.stringCommands().set(bytes("hi"), bytes("x"));
			return null;
		})).containsOnly(true);
		awaitActive(2);
		assertThat(this.foo.opsForValue().multiGet(KEYS_OF_SECOND)).containsOnly("x");
	}

	@Test
	void failingPipelineOfCommandsThatMustNotRunTwicePenalises() {
		this.foo.opsForValue().set("hello", "x");
		restart("socket_timeout=300 milliseconds", "penalty_box.min_wait=20 seconds",
				"penalty_box.max_wait=20 seconds");
		this.foo.opsForValue().get("hello");
		node(1).pause();
		try {
			assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> this.foo
				.executePipelined((RedisCallback<?>) (connection) -> connection.stringCommands().incr(bytes("redis"))));
			assertThat(this.shards.penaltyBox().active().isActive(1)).isFalse();
		}
		finally {
			node(1).resume();
		}
	}

	@Test
	void failingRawCommandPenalises() {
		restart("penalty_box.min_wait=20 seconds", "penalty_box.max_wait=20 seconds",
				"socket_timeout=300 milliseconds");
		this.foo.opsForValue().get("hello");
		node(1).pause();
		try {
			this.foo.execute((RedisCallback<?>) (connection) -> connection.execute("GET", bytes("hello")));
			assertThat(this.shards.penaltyBox().active().isActive(1)).isFalse();
		}
		finally {
			node(1).resume();
		}
	}

	@Test
	void lostConnectionIsNoFailure() {
		this.foo.opsForValue().set("hello", "x");
		node(1).execute("CLIENT", "KILL", "TYPE", "normal");
		assertThat(this.foo.opsForValue().get("hello")).isEqualTo("x");
		assertThat(this.application.transitionsOf(node(1))).isEmpty();
	}

	@Test
	void deadServerIsFoundByOneLostConnection() {
		restart("retry.deadline=1 millisecond");
		this.foo.opsForValue().set("hello", "x");
		node(1).kill();
		assertThatExceptionOfType(AmbiguousExecutionException.class)
			.isThrownBy(() -> this.foo.opsForValue().increment("redis"));
		awaitActive(2);
	}

	@Test
	void failuresBelowThresholdArePutUpWith() {
		restart("penalty_box.failure_threshold=3", "retry.max_retries=0");
		node(1).kill();
		for (int failures = 1; failures < 3; failures++) {
			assertThatExceptionOfType(RedisConnectionFailureException.class)
				.isThrownBy(() -> this.foo.opsForValue().get("hello"));
			assertThat(this.shards.penaltyBox().active().activeCount()).isEqualTo(3);
		}
		assertThatExceptionOfType(RedisConnectionFailureException.class)
			.isThrownBy(() -> this.foo.opsForValue().get("hello"));
		// That the first failure was one is found out in the background.
		awaitActive(2);
	}

	@Test
	void whenAllAreDownCallsFailAtOnceUntilOneReturns() {
		MonitoredRedisTemplate client = this.shards.getClient("hi");
		servers.forEach((server) -> server.node().kill());
		Awaitility.await().atMost(LONG).until(() -> {
			Stream.of("hi", "hello", "test").forEach(this::tryToGet);
			return this.shards.penaltyBox().active().activeCount() == 0;
		});
		assertEmpty(() -> this.foo.opsForValue().get("hi"));
		assertEmpty(() -> this.foo.opsForValue().multiGet(List.of("hi", "hello")));
		assertEmpty(() -> this.foo.keys("*"));
		assertEmpty(() -> client.opsForValue().get("hi"));
		assertEmpty(() -> this.shards.getClient("hi"));
		assertEmpty(() -> this.shards.iterator().next());
		assertEmpty(() -> this.shards.zRevRangeByScoreWithIntScores("board", 1, 0));
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
		node(2).restart();
		awaitActive(1);
		this.foo.opsForValue().set("hi", "x");
		assertThat(client.opsForValue().get("hi")).isEqualTo("x");
	}

	private void tryToGet(String key) {
		try {
			this.foo.opsForValue().get(key);
		}
		catch (RedisConnectionFailureException ex) {
			assertThat(ex).isNotNull();
		}
	}

	private static void assertEmpty(Runnable call) {
		assertThatExceptionOfType(ClusterEmptyException.class).isThrownBy(call::run)
			.withMessage("All clients are down.");
	}

	@Test
	void deadServerIsShown() {
		restart("penalty_box.min_wait=20 seconds", "penalty_box.max_wait=20 seconds");
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(boxed(1)).isZero();
		node(1).kill();
		this.foo.opsForValue().get("hello");
		assertThat(boxed(1)).isOne();
		assertThat(boxed(0)).isZero();
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).extractingByKey("foo")
			.asString()
			.contains("nodes=3", "inUse=2", node(1) + "=probed in ");
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.application.transitionsOf(node(1)))
				.containsExactly(PenaltyTransition.PENALIZED));
	}

	private double boxed(int server) {
		return this.application.bean(MeterRegistry.class)
			.get("redis.client.penalty.box")
			.tags("redis_pool", "foo", "redis_node", node(server).toString())
			.gauge()
			.value();
	}

	private Health health() {
		return Objects.requireNonNull(this.application.bean(HealthIndicator.class).health());
	}

	@Test
	void mergeAndIterationGoWithoutTheDead() {
		this.shards.stream().forEach((client) -> client.opsForZSet().add("board", "member", 7));
		node(1).kill();
		MergedScores<String> merged = this.shards.zRevRangeByScoreWithIntScores("board", 10, 0);
		assertThat(merged.scores()).containsExactly(Map.entry("member", 7L));
		assertThat(merged.missing()).extracting(Object::toString).containsExactly(node(1).toString());
		awaitActive(2);
		assertThat(this.shards.roundControlled(1)).hasSize(2);
	}

	@Test
	@Timeout(60)
	void clientOfDeadServerFailsAtOnceOnceItIsLeftOut() {
		restart("retry.deadline=10 minutes");
		MonitoredRedisTemplate second = this.shards.stream().toList().get(1);
		node(1).kill();
		assertThatExceptionOfType(RedisConnectionFailureException.class)
			.isThrownBy(() -> second.opsForValue().get("any"));
		assertThatExceptionOfType(RedisPipelineException.class)
			.isThrownBy(() -> second
				.executePipelined((RedisCallback<?>) (connection) -> connection.stringCommands().get(bytes("any"))))
			.withStackTraceContaining("penalty box");
	}

	@Test
	void scanGoesOnWithoutServerThatDies() {
		List<String> keys = IntStream.range(0, 300).mapToObj((i) -> "key:" + i).toList();
		keys.forEach((key) -> this.foo.opsForValue().set(key, "x"));
		List<String> left = keys.stream().filter((key) -> place(key) != 1).toList();
		restart("penalty_box.min_wait=20 seconds", "penalty_box.max_wait=20 seconds");
		try (Cursor<String> cursor = this.foo.scan(ScanOptions.scanOptions().count(10).build())) {
			List<String> found = new ArrayList<>(List.of(cursor.next()));
			node(1).kill();
			this.foo.opsForValue().get("hello");
			awaitActive(2);
			cursor.forEachRemaining(found::add);
			assertThat(found).containsExactlyInAnyOrderElementsOf(left);
		}
	}

	private static int place(String key) {
		return Math.floorMod(ShardPlacement.hash(bytes(key)), 3);
	}

	private void awaitActive(int number) {
		Awaitility.await().atMost(LONG).until(() -> this.shards.penaltyBox().active().activeCount() == number);
	}

	private void awaitReturn(int server) {
		Awaitility.await()
			.atMost(LONG)
			.until(() -> this.application.transitionsOf(node(server)).contains(PenaltyTransition.RETURNED));
		awaitActive(3);
	}

	private static RedisNode node(int index) {
		return servers.get(index).node();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
