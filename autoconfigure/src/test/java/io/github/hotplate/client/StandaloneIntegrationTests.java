package io.github.hotplate.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.execution.CommandTimeoutException;
import io.github.hotplate.routing.Load;
import io.github.hotplate.routing.NodeStatistics;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a client does on a single server and nowhere else.
 */
@ExtendWith({ EmbeddedRedisExtension.class, OutputCaptureExtension.class })
class StandaloneIntegrationTests {

	private static final String MODE = "mode=standalone";

	private static EmbeddedRedisServer redis;

	@AfterEach
	void heal() {
		redis.awaitHealthy();
		redis.flush();
	}

	@Test
	void databaseIsThatOfUrl() {
		try (TestClient client = TestClient.start(redis.url() + "/3", MODE)) {
			client.redis().opsForValue().set("text", "x");
			assertThat(execute("3", "GET", "text")).isEqualTo("x");
			assertThat(execute("0", "EXISTS", "text")).isEqualTo(0L);
			assertThat(
					client.redis().execute((RedisCallback<Long>) (connection) -> connection.serverCommands().dbSize()))
				.isEqualTo(1L);
		}
	}

	private static Object execute(String database, String command, String key) {
		return redis.node()
			.execute("EVAL", "redis.call('SELECT', ARGV[1]) return redis.call(ARGV[2], KEYS[1])", "1", key, database,
					command);
	}

	@Test
	void databaseStaysTheSame() {
		try (TestClient client = TestClient.start(redis.url() + "/3", MODE);
				RedisConnection connection = connections(client).getConnection()) {
			connection.select(3);
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class).isThrownBy(() -> connection.select(0))
				.withMessageContaining("Database 0 cannot be selected");
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
				.isThrownBy(() -> connection.execute("select", "0".getBytes(StandardCharsets.US_ASCII)))
				.withMessageContaining("SELECT");
		}
	}

	@Test
	void databaseThatServerDoesNotHaveIsErrorAtStart(CapturedOutput output) {
		assertThatException().isThrownBy(() -> TestClient.start(redis.url() + "/999", MODE).close());
		assertThat(output).containsSubsequence("Description:", "The server of Redis client 'foo'",
				"has no database 999", "Action:", "foo.url");
	}

	@Test
	void transactionNamesAnyKeys() {
		try (TestClient client = TestClient.start(redis.url(), MODE)) {
			assertThat(client.redis().execute(new SessionCallback<List<Object>>() {

				@Override
				@SuppressWarnings("unchecked")
				public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
					RedisOperations<String, String> redis = (RedisOperations<String, String>) operations;
					redis.watch(List.of("a", "b"));
					redis.multi();
					redis.opsForValue().multiSet(Map.of("a", "1", "b", "2"));
					redis.opsForValue().multiGet(List.of("a", "b"));
					return redis.exec();
				}

			})).last().isEqualTo(List.of("1", "2"));
		}
	}

	@Test
	void commandsThatClusterSpreadsAreOneCommand() {
		try (TestClient client = TestClient.start(redis.url(), MODE)) {
			StringRedisTemplate foo = client.redis();
			NodeStatistics.reset(redis.nodes());
			foo.opsForValue().multiSet(Map.of("a", "1", "b", "2", "c", "3"));
			foo.opsForSet().add("s", "1", "2");
			foo.opsForSet().add("t", "2", "3");
			assertThat(foo.opsForSet().unionAndStore("s", "t", "u")).isEqualTo(3);
			assertThat(foo.opsForZSet().add("z", "m", 1)).isTrue();
			assertThat(foo.opsForZSet().unionAndStore("z", "y", "x")).isEqualTo(1);
			foo.rename("a", "d");
			assertThat(foo.delete(List.of("b", "c", "d"))).isEqualTo(3);
			for (String command : List.of("MSET", "SUNIONSTORE", "RENAME", "DEL")) {
				assertThat(NodeStatistics.calls(redis.nodes(), command)).as(command).isEqualTo(1);
			}
		}
	}

	@Test
	void connectionIsNoClusterConnection() {
		try (TestClient client = TestClient.start(redis.url(), MODE);
				RedisConnection connection = connections(client).getConnection()) {
			assertThat(connection).isNotInstanceOf(RedisClusterConnection.class);
			assertThat(connection.serverCommands().info("server")).containsKey("run_id");
			assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
				.isThrownBy(() -> connections(client).getClusterConnection())
				.withMessageContaining("foo.mode is standalone");
		}
	}

	@Test
	void serverCommandsCanBePipelined() {
		try (TestClient client = TestClient.start(redis.url(), MODE)) {
			client.redis().opsForValue().set("a", "1");
			assertThat(client.redis().executePipelined((RedisCallback<?>) (connection) -> {
				connection.serverCommands().dbSize();
				connection.serverCommands().flushDb();
				connection.serverCommands().dbSize();
				return null;
			})).startsWith(1L).endsWith(0L);
		}
	}

	@Test
	void nodeOfClusterIsErrorAtStart(CapturedOutput output, EmbeddedRedisCluster cluster) {
		assertThatException()
			.isThrownBy(() -> TestClient.start("redis://" + cluster.nodes().get(0), MODE, "startup=warn").close());
		assertThat(output).containsSubsequence("Description:", "is in cluster mode", "Action:",
				"Set foo.mode to cluster");
	}

	@Test
	void sentinelIsErrorAtStart(CapturedOutput output, EmbeddedRedisSentinel group) {
		assertThatException().isThrownBy(() -> TestClient.start("redis://" + group.sentinels().get(0), MODE).close());
		assertThat(output).containsSubsequence("Description:", "is a Sentinel and holds no data", "Action:",
				"redis-sentinel://");
	}

	@Test
	void deadServerIsErrorAtStartOrWarning(CapturedOutput output) {
		redis.node().kill();
		assertThatException().isThrownBy(() -> TestClient.start(redis.url(), MODE).close());
		assertThat(output).containsSubsequence("Description:", "No node of Redis client 'foo'", "Action:",
				"foo.startup to warn");
		try (TestClient client = TestClient.start(redis.url(), MODE, "startup=warn", "retry.deadline=5m",
				"retry.max_attempts=10000")) {
			assertThat(output).contains("Redis client 'foo' cannot connect; starting anyway (foo.startup=warn)");
			CompletableFuture<Long> count = CompletableFuture
				.supplyAsync(() -> client.redis().opsForValue().increment("late"));
			redis.awaitHealthy();
			assertThat(count).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(1L);
		}
	}

	@Test
	void restartOfServerIsPause() {
		try (TestClient client = TestClient.start(redis.url(), MODE);
				Load load = Load.start(() -> client.redis().opsForValue().set("a", "x"),
						() -> client.redis().opsForValue().get("a"))) {
			redis.node().restart();
			load.awaitCalls();
			assertThat(load.failures()).isEmpty();
		}
	}

	@Test
	void callsFailAtOnceWhileServerIsSilent() {
		try (TestClient client = TestClient.start(redis.url(), MODE, "socket_timeout=2s", "retry.max_attempts=1")) {
			StringRedisTemplate foo = client.redis();
			foo.opsForValue().set("a", "x");
			redis.node().pause();
			assertThatExceptionOfType(CommandTimeoutException.class).isThrownBy(() -> foo.opsForValue().get("a"));
			assertThat(client.pool().ejected().keySet()).isEqualTo(client.pool().topology().nodes());
			long start = System.nanoTime();
			for (int i = 0; i < 20; i++) {
				assertThatExceptionOfType(RedisConnectionFailureException.class)
					.isThrownBy(() -> foo.opsForValue().increment("count"))
					.withMessageContaining(redis.node() + " of client 'foo' did not respond recently");
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
			redis.node().resume();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> client.pool().ejected().isEmpty());
			assertThat(foo.opsForValue().get("a")).isEqualTo("x");
		}
	}

	private static RedisConnectionFactory connections(TestClient client) {
		return client.redis().getRequiredConnectionFactory();
	}

}
