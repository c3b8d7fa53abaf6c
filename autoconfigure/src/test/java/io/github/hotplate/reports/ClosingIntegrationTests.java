package io.github.hotplate.reports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.ClientClosedException;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.FaultProxy;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application that closes ends what blocks and what waits, lets running commands
 * finish, and sends no more.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class ClosingIntegrationTests {

	private static final Executor THREADS = (task) -> new Thread(task, "caller").start();

	/**
	 * For a machine that is busy.
	 */
	private static final Duration SOON = Duration.ofSeconds(5);

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisSentinel sentinel;

	private static EmbeddedRedisServer standalone;

	private static EmbeddedRedisShards sharded;

	static Stream<Object[]> modes() {
		return Stream.of(new Object[] { "cluster", cluster }, new Object[] { "sentinel", sentinel },
				new Object[] { "standalone", standalone }, new Object[] { "sharded", sharded });
	}

	@ParameterizedTest(name = "{0}", autoCloseArguments = false)
	@MethodSource("modes")
	@Report({ "jedis #1324", "spring-data-redis #2942" })
	void popEndsWithTheApplicationAndTakesNothingMore(String mode, EmbeddedRedis redis) {
		List<CompletableFuture<String>> calls;
		StringRedisTemplate closed;
		try (TestClient client = TestClient.start(redis.url(), "mode=" + mode, "max_connections=2", "timeout=1h")) {
			closed = client.redis();
			// One has its connection for as long as it likes, one would take the last,
			// and one gets none.
			calls = Stream.generate(() -> pop(closed)).limit(3).toList();
			Awaitility.await()
				.until(() -> client.pool().totalUsage().active() == 2 && client.pool().waitingCallers() == 1);
		}
		calls.forEach((call) -> assertThat(call).failsWithin(SOON)
			.withThrowableThat()
			.withCauseInstanceOf(ClientClosedException.class));
		assertThatExceptionOfType(ClientClosedException.class).isThrownBy(() -> closed.opsForValue().get("queue"))
			.withMessageContaining("'foo' is closed");
		try (TestClient other = TestClient.start(redis.url(), "mode=" + mode)) {
			other.redis().opsForList().rightPush("queue", "next");
			assertThat(other.redis().opsForList().size("queue")).isOne();
			other.redis().delete("queue");
		}
	}

	@ParameterizedTest(name = "{0}", autoCloseArguments = false)
	@MethodSource("modes")
	@Report("spring-data-redis #2942")
	void waitForReplicasEndsWithTheApplication(String mode, EmbeddedRedis redis) {
		CompletableFuture<Object> alone;
		CompletableFuture<List<Object>> inPipeline;
		try (TestClient client = TestClient.start(redis.url(), "mode=" + mode)) {
			StringRedisTemplate template = client.redis();
			RedisCallback<Object> waiting = (connection) -> connection.execute("WAIT", bytes("9"), bytes("3600000"));
			alone = CompletableFuture.supplyAsync(() -> template.execute(waiting), THREADS);
			inPipeline = CompletableFuture.supplyAsync(() -> template.executePipelined((RedisCallback<Object>) (c) -> {
				c.stringCommands().set(bytes("a"), bytes("1"));
				waiting.doInRedis(c);
				return null;
			}), THREADS);
			Awaitility.await().until(() -> redis.nodes().stream().anyMatch((node) -> blockedClients(node) > 1));
		}
		assertThat(alone).failsWithin(SOON)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ClientClosedException.class)
			.withMessageContaining("the client was closed while the command waited");
		assertThat(inPipeline).failsWithin(SOON)
			.withThrowableThat()
			.havingCause()
			.withCauseInstanceOf(ClientClosedException.class);
	}

	@Test
	@Report("spring-data-redis #2942")
	void runningCommandFinishes() {
		try (FaultProxy proxy = FaultProxy.to(standalone.node())) {
			TestClient client = start(proxy);
			StringRedisTemplate redis = client.redis();
			redis.opsForValue().set("a", "1");
			proxy.delay(Duration.ofMillis(300));
			CompletableFuture<String> running = CompletableFuture.supplyAsync(() -> redis.opsForValue().get("a"),
					THREADS);
			Awaitility.await().until(() -> client.pool().totalUsage().active() == 1);
			client.close();
			assertThat(running).succeedsWithin(SOON).isEqualTo("1");
		}
	}

	@Test
	@Report("spring-data-redis #2942")
	void callThatPausesBetweenAttemptsEnds() {
		try (FaultProxy proxy = FaultProxy.to(standalone.node())) {
			TestClient client = start(proxy, "retry.backoff=1m", "retry.max_backoff=1m", "retry.deadline=1h");
			StringRedisTemplate redis = client.redis();
			proxy.refuse();
			proxy.cut();
			Thread[] caller = new Thread[1];
			CompletableFuture<String> pausing = CompletableFuture.supplyAsync(() -> redis.opsForValue().get("a"),
					(task) -> {
						caller[0] = new Thread(task, "pausing");
						caller[0].start();
					});
			Awaitility.await().until(() -> caller[0].getState() == Thread.State.TIMED_WAITING);
			client.close();
			assertThat(pausing).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(ClientClosedException.class);
		}
	}

	@Test
	@Report("spring-data-redis #2942")
	void commandWithoutReplyEndsAfterShutdownTimeout() {
		try (FaultProxy proxy = FaultProxy.to(standalone.node())) {
			TestClient client = start(proxy, "socket_timeout=1h", "shutdown_timeout=200ms");
			StringRedisTemplate redis = client.redis();
			redis.opsForValue().get("a");
			proxy.freeze();
			CompletableFuture<String> running = CompletableFuture.supplyAsync(() -> redis.opsForValue().get("a"),
					THREADS);
			Awaitility.await().until(() -> client.pool().totalUsage().active() == 1);
			long start = System.nanoTime();
			client.close();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200), SOON);
			assertThat(running).failsWithin(SOON).withThrowableThat().withCauseInstanceOf(ClientClosedException.class);
		}
	}

	@Test
	@Report("spring-data-redis #2942")
	void writeThatRedisRanDoesNotEndAsIfNothingWasSent() {
		try (FaultProxy proxy = FaultProxy.to(standalone.node())) {
			TestClient client = start(proxy, "socket_timeout=1h", "shutdown_timeout=200ms");
			CompletableFuture<Void> running = setWithoutReply(client.redis(), proxy);
			client.close();
			assertThat(running).failsWithin(SOON)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(AmbiguousExecutionException.class)
				.withCauseInstanceOf(ClientClosedException.class);
		}
	}

	@Test
	@Report("spring-data-redis #2942")
	void writeWithoutReplySaysThatItsClientWasClosed() {
		try (FaultProxy proxy = FaultProxy.to(standalone.node())) {
			TestClient client = start(proxy, "socket_timeout=1h", "shutdown_timeout=200ms");
			StringRedisTemplate redis = client.redis();
			redis.delete("counter");
			proxy.swallowReplies("INCR", 1);
			CompletableFuture<Long> running = CompletableFuture
				.supplyAsync(() -> redis.opsForValue().increment("counter"), THREADS);
			Awaitility.await().until(() -> "1".equals(standalone.node().execute("GET", "counter")));
			client.close();
			assertThat(running).failsWithin(SOON)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(AmbiguousExecutionException.class)
				.withMessageContaining("was closed together with its client");
		}
	}

	@Test
	@Report("spring-data-redis #2942")
	void writeThatRedisRanDoesNotEndAsIfItsServerHadNeverBeenReached() {
		try (FaultProxy proxy = FaultProxy.to(standalone.node());
				TestClient client = start(proxy, "socket_timeout=400ms", "retry.deadline=1s")) {
			CompletableFuture<Void> running = setWithoutReply(client.redis(), proxy);
			proxy.refuse();
			assertThat(running).failsWithin(SOON)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(AmbiguousExecutionException.class)
				.withCauseInstanceOf(NodeUnreachableException.class);
		}
	}

	private static CompletableFuture<Void> setWithoutReply(StringRedisTemplate redis, FaultProxy proxy) {
		redis.opsForValue().set("a", "before");
		proxy.swallowReplies("SET", 1);
		CompletableFuture<Void> running = CompletableFuture.runAsync(() -> redis.opsForValue().set("a", "after"),
				THREADS);
		Awaitility.await().until(() -> standalone.node().execute("GET", "a").equals("after"));
		return running;
	}

	private static CompletableFuture<String> pop(StringRedisTemplate redis) {
		return CompletableFuture.supplyAsync(() -> redis.opsForList().leftPop("queue", Duration.ZERO), THREADS);
	}

	private static int blockedClients(RedisNode node) {
		Matcher blocked = Pattern.compile("blocked_clients:(\\d+)")
			.matcher(String.valueOf(node.execute("INFO", "clients")));
		return blocked.find() ? Integer.parseInt(blocked.group(1)) : 0;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static TestClient start(FaultProxy proxy, String... properties) {
		return TestClient.start("redis://" + proxy.host() + ":" + proxy.port(),
				Stream.concat(Stream.of("mode=standalone"), Stream.of(properties)).toArray(String[]::new));
	}

}
