package io.github.hotplate.sharding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.SessionCallback;

import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.penalty.ClusterEmptyException;
import io.github.hotplate.penalty.PenaltyTransition;
import io.github.hotplate.penalty.ShardPlacement;
import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.test.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of calls while servers of a sharded client are down.
 */
class ShardFailureIntegrationTests extends AbstractShardFailureIntegrationTests {

	private static final int THREADS = 32;

	@Test
	void onlyCallsInFlightFailWhenServerDies() throws Exception {
		start(BRISK);
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
			awaitActive(2);
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
		awaitTransition(1, PenaltyTransition.RETURNED);
	}

	// Every fourth thread runs what must not run twice.
	private void call(int thread, String key) {
		switch (thread % 4) {
			case 0 -> foo().opsForValue().increment(key);
			case 1 -> foo().opsForValue().set(key, "x");
			case 2 -> foo().opsForValue().multiGet(List.of(key, "hi", "hello", "test"));
			default -> shards().getClient(key).opsForValue().set(key, "x");
		}
	}

	private static void awaitFurtherCalls(AtomicLong calls) {
		long before = calls.get();
		Awaitility.await().atMost(LONG).until(() -> calls.get() > before + 100 * THREADS);
	}

	@Test
	void keysOfDeadServerAreOnFallbackUntilItReturns() {
		start(BRISK);
		KEYS_OF_SECOND.forEach((key) -> foo().opsForValue().set(key, "old"));
		foo().opsForValue().set("hi", "stays");
		node(1).kill();
		KEYS_OF_SECOND.forEach((key) -> foo().opsForValue().set(key, "new"));
		assertThat(foo().opsForValue().multiGet(KEYS_OF_SECOND)).containsOnly("new");
		// Hash modulo 2 over the first and the third.
		assertThat(node(0).execute("EXISTS", "redis", "user:3")).isEqualTo(2L);
		assertThat(node(2).execute("EXISTS", "hello", "user:1")).isEqualTo(2L);
		assertThat(foo().opsForValue().get("hi")).isEqualTo("stays");
		node(1).restart();
		awaitTransition(1, PenaltyTransition.RETURNED);
		awaitActive(3);
		assertThat(foo().opsForValue().multiGet(KEYS_OF_SECOND)).containsOnlyNulls();
	}

	@Test
	void transactionIsRunOnFallback() {
		startWithoutConnectionToSecond();
		node(1).kill();
		assertThat(foo().execute(new SessionCallback<List<Object>>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
				operations.multi();
				operations.opsForValue().increment((K) "hello");
				operations.opsForValue().increment((K) "hello");
				return operations.exec();
			}

		})).containsExactly(1L, 2L);
		assertThat(node(2).execute("GET", "hello")).hasToString("2");
	}

	@Test
	void whenAllAreDownCallsFailAtOnceUntilOneReturns() {
		start(BRISK);
		MonitoredRedisTemplate client = shards().getClient("hi");
		servers.nodes().forEach(RedisNode::kill);
		Awaitility.await().atMost(LONG).until(() -> {
			Stream.of("hi", "hello", "test").forEach(this::tryToGet);
			return active().activeCount() == 0;
		});
		assertEmpty(() -> foo().opsForValue().get("hi"));
		assertEmpty(() -> foo().opsForValue().multiGet(List.of("hi", "hello")));
		assertEmpty(() -> foo().keys("*"));
		assertEmpty(() -> foo().convertAndSend("news", "hello"));
		assertEmpty(() -> client.opsForValue().get("hi"));
		assertEmpty(() -> shards().getClient("hi"));
		assertEmpty(() -> shards().iterator().next());
		assertEmpty(() -> shards().zRevRangeByScoreWithIntScores("board", 1, 0));
		node(2).restart();
		awaitActive(1);
		foo().opsForValue().set("hi", "x");
		assertThat(client.opsForValue().get("hi")).isEqualTo("x");
	}

	private void tryToGet(String key) {
		try {
			foo().opsForValue().get(key);
		}
		catch (RedisConnectionFailureException ex) {
			assertThat(ex).isNotNull();
		}
	}

	private static void assertEmpty(Runnable call) {
		assertThatExceptionOfType(ClusterEmptyException.class).isThrownBy(call::run)
			.withMessage("Client 'foo' has ejected all its servers and is probing them. "
					+ "Check that the servers in foo.url are running");
	}

	@Test
	void mergeAndIterationGoWithoutTheDead() {
		start(BRISK);
		shards().stream().forEach((client) -> client.opsForZSet().add("board", "member", 7));
		node(1).kill();
		MergedScores<String> merged = shards().zRevRangeByScoreWithIntScores("board", 10, 0);
		assertThat(merged.scores()).containsExactly(Map.entry("member", 7L));
		assertThat(merged.missing()).extracting(Object::toString).containsExactly(node(1).toString());
		awaitActive(2);
		assertThat(shards().roundControlled(1)).hasSize(2);
	}

	@Test
	@Timeout(60)
	void clientOfDeadServerFailsAtOnceOnceItIsLeftOut() {
		start("retry.deadline=10 minutes", "penalty_box.min_wait=20 seconds", "penalty_box.max_wait=20 seconds");
		MonitoredRedisTemplate second = shards().stream().toList().get(1);
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
		start(IMPATIENT);
		List<String> keys = IntStream.range(0, 300).mapToObj((i) -> "key:" + i).toList();
		keys.forEach((key) -> foo().opsForValue().set(key, "x"));
		List<String> left = keys.stream().filter((key) -> place(key) != 1).toList();
		try (Cursor<String> cursor = foo().scan(ScanOptions.scanOptions().count(10).build())) {
			List<String> found = new ArrayList<>(List.of(cursor.next()));
			node(1).kill();
			foo().opsForValue().get("hello");
			awaitActive(2);
			cursor.forEachRemaining(found::add);
			assertThat(found).containsExactlyInAnyOrderElementsOf(left);
		}
	}

	@Test
	void scanOfServerThatDiesEndsInErrorRatherThanWithHalfOfItsKeys() {
		start(IMPATIENT);
		IntStream.range(0, 300)
			.mapToObj((i) -> "key:" + i)
			.forEach((key) -> shards().getClient("hello").opsForValue().set(key, "x"));
		try (Cursor<String> cursor = foo().scan(ScanOptions.scanOptions().count(10).build())) {
			assertThat(cursor.next()).startsWith("key:");
			node(1).kill();
			assertThatExceptionOfType(RedisConnectionFailureException.class)
				.isThrownBy(() -> cursor.forEachRemaining((key) -> assertThat(key).startsWith("key:")));
		}
		assertLeftOut(1);
	}

	private static int place(String key) {
		return Math.floorMod(ShardPlacement.hash(bytes(key)), 3);
	}

}
