package io.github.hotplate.reports;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.core.ListOperations;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.execution.CommandTimeoutException;
import io.github.hotplate.routing.Load;
import io.github.hotplate.routing.NodeStatistics;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.FaultProxy;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A command that takes long is neither sent over and over nor the reason to leave a
 * healthy server alone.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class LongCommandIntegrationTests {

	private static EmbeddedRedisServer redis;

	private static EmbeddedRedisShards sharded;

	private final FaultProxy proxy = FaultProxy.to(redis.node());

	@BeforeEach
	void resetStatistics() {
		redis.node().execute("CONFIG", "RESETSTAT");
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "standalone", "sharded" })
	@Report("spring-data-redis #2025")
	void keysThatTakeTooLongAreSentOnceMoreAndDisturbNobody(String mode) {
		this.proxy.swallowReplies("KEYS", Integer.MAX_VALUE);
		try (TestClient client = start("mode=" + mode, "socket_timeout=500ms")) {
			StringRedisTemplate template = client.redis();
			Load load = Load.start(() -> {
				template.opsForValue().get("a");
				assertThat(client.pool().ejected()).isEmpty();
			});
			try (load) {
				assertThatExceptionOfType(CommandTimeoutException.class).isThrownBy(() -> template.keys("*"));
			}
			assertThat(load.failures()).isEmpty();
			assertThat(load.longestCall(0)).isLessThan(Duration.ofMillis(400));
			assertThat(calls("keys")).isEqualTo(2);
		}
	}

	@Test
	@Report("spring-data-redis #2025")
	void commandsOfPipelineThatTakesTooLongAreSentOnceMore() {
		this.proxy.swallowReplies("KEYS", Integer.MAX_VALUE);
		try (TestClient client = start("mode=standalone", "socket_timeout=300ms")) {
			assertThatExceptionOfType(RedisPipelineException.class)
				.isThrownBy(() -> client.redis().executePipelined((RedisCallback<?>) (connection) -> {
					for (int i = 0; i < 3; i++) {
						connection.keyCommands().keys("*".getBytes());
					}
					return null;
				}));
			assertThat(calls("keys")).isEqualTo(6);
		}
	}

	@Test
	@Report("WAIT longer than socket_timeout")
	void commandThatWaitsForLongerThanRepliesMayTakeEjectsNobody() {
		try (TestClient client = start("mode=standalone", "socket_timeout=200ms")) {
			assertThat(raw(client, "WAIT", "1", "300")).isEqualTo(0L);
			assertThat(raw(client, "BLPOP", "nothing", "0.3")).isNull();
			assertThat(raw(client, "XREAD", "COUNT", "1", "BLOCK", "300", "STREAMS", "block", "0")).isNull();
			assertThat(client.redis().executePipelined((RedisCallback<?>) (connection) -> {
				connection.stringCommands().set("a".getBytes(), "1".getBytes());
				connection.execute("WAIT", "1".getBytes(), "300".getBytes());
				return null;
			})).isEqualTo(List.of(true, 0L));
			assertThat(client.pool().ejected()).isEmpty();
		}
	}

	@Test
	@Report("WAIT longer than socket_timeout")
	void commandThatWaitsOnSilentServerEndsAfterItsOwnTime() {
		try (TestClient client = start("mode=standalone", "socket_timeout=300ms", "retry.deadline=1s")) {
			raw(client, "BLPOP", "nothing", "0.01");
			this.proxy.freeze();
			long start = System.nanoTime();
			assertThatExceptionOfType(AmbiguousExecutionException.class)
				.isThrownBy(() -> raw(client, "BLPOP", "nothing", "0.3"));
			assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(600L, 2_500L);
			this.proxy.thaw();
		}
	}

	@Test
	@Report("spring-data-redis #2025")
	void readThatTakesTooLongIsSentOnceMoreHoweverManyNodesThereAre() {
		try (EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().proxied(true).start()) {
			cluster.nodes().forEach((node) -> cluster.proxyOf(node).swallowReplies("LRANGE", Integer.MAX_VALUE));
			for (String preference : List.of("replica", "replica_preferred")) {
				try (TestClient client = TestClient.start(cluster.url(), "read_preference=" + preference,
						"socket_timeout=300ms")) {
					ListOperations<String, String> lists = client.redis().opsForList();
					assertThatRunsTwice(cluster, () -> lists.range("list", 0, -1));
					assertThatRunsTwice(cluster,
							() -> client.redis()
								.executePipelined((RedisCallback<Object>) (connection) -> connection.listCommands()
									.lRange("list".getBytes(), 0, -1)));
				}
			}
		}
	}

	// A probe that a busy machine answers too late has another node asked at once.
	private static void assertThatRunsTwice(EmbeddedRedisCluster cluster, ThrowingCallable read) {
		Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
			NodeStatistics.reset(cluster.nodes());
			assertThat(catchThrowable(read)).satisfiesAnyOf(
					(failure) -> assertThat(failure).isInstanceOf(CommandTimeoutException.class),
					(failure) -> assertThat(failure).hasCauseInstanceOf(CommandTimeoutException.class));
			assertThat(NodeStatistics.calls(cluster.nodes(), "lrange")).isEqualTo(2);
		});
	}

	@Test
	@Report("pipeline over silent servers")
	void pipelineOverSilentServersWaitsOnce() {
		List<FaultProxy> proxies = sharded.nodes().stream().map(FaultProxy::to).toList();
		String servers = proxies.stream()
			.map((each) -> each.host() + ":" + each.port())
			.collect(Collectors.joining(",", "redis://", ""));
		try (TestClient client = TestClient.start(servers, "mode=sharded", "socket_timeout=3s",
				"retry.deadline=100ms")) {
			readAll(client);
			proxies.forEach(FaultProxy::freeze);
			long start = System.nanoTime();
			assertThatExceptionOfType(RedisPipelineException.class).isThrownBy(() -> readAll(client));
			assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(3_000L, 6_000L);
		}
		finally {
			proxies.forEach(FaultProxy::close);
		}
	}

	private static void readAll(TestClient client) {
		client.redis().executePipelined((RedisCallback<?>) (connection) -> {
			for (int i = 0; i < 60; i++) {
				connection.stringCommands().get(("key" + i).getBytes());
			}
			return null;
		});
	}

	private static Object raw(TestClient client, String command, String... arguments) {
		return client.redis().execute((RedisCallback<Object>) (connection) -> {
			byte[][] bytes = new byte[arguments.length][];
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = arguments[i].getBytes();
			}
			return connection.execute(command, bytes);
		});
	}

	private TestClient start(String... properties) {
		return TestClient.start("redis://" + this.proxy.host() + ":" + this.proxy.port(), properties);
	}

	private static int calls(String command) {
		Matcher statistics = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
			.matcher(String.valueOf(redis.node().execute("INFO", "commandstats")));
		return statistics.find() ? Integer.parseInt(statistics.group(1)) : 0;
	}

}
