package io.github.hotplate.activity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import redis.clients.jedis.Connection;

import io.github.hotplate.autoconfigure.SecuredClients;
import io.github.hotplate.client.Internals;
import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.pool.JedisClientCustomizer;
import io.github.hotplate.retry.RetryListener;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.EmbeddedRedisTls;
import io.github.hotplate.test.FaultProxy;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The time of a call is told by its parts, whatever it was spent on.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class CallPartsIntegrationTests {

	private static final Duration LATE = Duration.ofMillis(60);

	/**
	 * Keys of all three primaries, and of all three shards.
	 */
	private static final List<String> KEYS = IntStream.range(0, 50).mapToObj((i) -> "key:" + i).toList();

	private static final RedisScript<String> BUSY = RedisScript
		.of("local function now() local t = redis.call('TIME') return t[1] * 1000000 + t[2] end "
				+ "local start = now() while now() - start < tonumber(ARGV[1]) do end return 'done'", String.class);

	private static EmbeddedRedisServer server;

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisShards shards;

	private static TimedClient client;

	private static StringRedisTemplate redis;

	@BeforeAll
	static void start() {
		client = TimedClient.start(cluster.url(), "retry.max_attempts=3");
		redis = client.redis();
	}

	@AfterAll
	static void stop() {
		client.close();
	}

	@Test
	void slowScriptIsTheServers() {
		SlowCall call = only(client, () -> redis.execute(BUSY, List.of("busy"), "60000"), "EVALSHA", "EVAL");
		assertThat(call.serverMillis()).isGreaterThanOrEqualTo(60);
		assertThat(call.node()).isEqualTo(address(cluster.primaryOf("busy")));
		assertThat(call.key()).isEqualTo("busy");
		assertThat(call.retries() + call.redirections()).isZero();
	}

	@Test
	void slowScriptIsInRecordingOfJvm(@TempDir Path folder) throws IOException {
		Path file = folder.resolve("redis.jfr");
		try (Recording recording = new Recording()) {
			// With the threshold that the event has by default.
			recording.enable("io.github.hotplate.Command");
			recording.start();
			redis.execute(BUSY, List.of("busy"), "60000");
			recording.stop();
			recording.dump(file);
		}
		assertThat(RecordingFile.readAllEvents(file))
			.filteredOn((event) -> event.getEventType().getName().equals("io.github.hotplate.Command"))
			.anySatisfy((event) -> {
				assertThat(event.getDuration("serverTime")).isGreaterThanOrEqualTo(Duration.ofMillis(60));
				assertThat(event.getDuration()).isGreaterThanOrEqualTo(event.getDuration("serverTime"));
				assertThat(event.getString("node")).isEqualTo(address(cluster.primaryOf("busy")));
				assertThat(event.toString()).doesNotContain("busy");
			});
	}

	@Test
	void wrongTypeIsAnErrorWithoutMessage() {
		redis.opsForValue().set("text", "x");
		SlowCall call = only(client, () -> fails(() -> redis.opsForList().size("text")), "LLEN");
		assertThat(call.error()).isEqualTo("WRONGTYPE");
	}

	@Test
	void exhaustedPoolIsPoolWait() {
		try (TimedClient small = TimedClient.start(server.url(), "mode=standalone", "max_connections=2",
				"timeout=100ms", "retry.max_attempts=1")) {
			List<Connection> held = Stream.generate(() -> Internals.borrow(small.pool())).limit(2).toList();
			SlowCall call = only(small, () -> fails(() -> small.redis().opsForValue().get("a")), "GET");
			held.forEach(Connection::close);
			assertThat(call.poolWaitMillis()).isGreaterThanOrEqualTo(100);
			assertThat(call.error()).isEqualTo("ConnectionPoolExhaustedException");
			assertThat(call.connectMillis()).isZero();
		}
	}

	@Test
	void waitForConnectionIsPoolWait() {
		try (TimedClient small = TimedClient.start(server.url(), "mode=standalone", "max_connections=2",
				"timeout=1m")) {
			List<Connection> held = Stream.generate(() -> Internals.borrow(small.pool())).limit(2).toList();
			CompletableFuture<Void> released = CompletableFuture.runAsync(() -> {
				Awaitility.await()
					.pollInterval(Duration.ofMillis(5))
					.during(LATE)
					.until(() -> small.pool().waitingCallers() == 1);
				held.forEach(Connection::close);
			});
			SlowCall call = only(small, () -> small.redis().opsForValue().get("a"), "GET");
			assertThat(call.poolWaitMillis()).isGreaterThanOrEqualTo(LATE.toMillis() / 2);
			assertThat(call.error()).isNull();
			assertThat(call.retries()).isZero();
			assertThat(call.node()).isEqualTo(address(server.node()));
			released.join();
		}
	}

	@Test
	void loginAndTlsAreConnect() {
		EmbeddedRedisTls tls = EmbeddedRedisTls.forNames("127.0.0.1");
		try (EmbeddedRedisServer secured = EmbeddedRedisServer.builder().tls(tls).password("secret").start();
				FaultProxy proxy = FaultProxy.to(secured.node());
				TimedClient slow = TimedClient.start("rediss://:secret@" + proxy,
						(context) -> context.registerBean(JedisClientCustomizer.class, () -> SecuredClients.trust(tls)),
						"mode=standalone", "socket_connect_timeout=10s", "socket_timeout=10s")) {
			List<Connection> held = holdAll(slow);
			proxy.delay(LATE);
			SlowCall call = only(slow, () -> slow.redis().opsForValue().get("a"), "GET");
			held.forEach(Connection::close);
			// The server answers the handshake once and the login once, at least.
			assertThat(call.connectMillis()).isGreaterThanOrEqualTo(2 * LATE.toMillis());
			assertThat(call.error()).isNull();
			assertThat(call.retriesMillis()).isZero();
		}
	}

	@Test
	void newConnectionIsConnectAndLostReplyIsRetry() {
		List<StringRedisTemplate> templates = new ArrayList<>();
		RetryListener listener = (config, command, reason) -> templates.get(0).opsForValue().increment("retried");
		try (FaultProxy proxy = FaultProxy.to(server.node());
				TimedClient slow = TimedClient.start("redis://" + proxy,
						(context) -> context.registerBean(RetryListener.class, () -> listener), "mode=standalone",
						"socket_connect_timeout=10s", "socket_timeout=10s")) {
			templates.add(slow.redis());
			List<Connection> held = holdAll(slow);
			proxy.delay(LATE);
			SlowCall opened = only(slow, () -> slow.redis().opsForValue().get("a"), "GET");
			held.forEach(Connection::close);
			assertThat(opened.connectMillis()).isGreaterThanOrEqualTo(60);
			assertThat(opened.serverMillis()).isGreaterThanOrEqualTo(60);
			assertThat(opened.retriesMillis()).isZero();

			// A listener's commands are calls of their own.
			proxy.loseReplies("GET", 1);
			List<SlowCall> calls = slow.record(() -> slow.redis().opsForValue().get("a"));
			assertThat(CallRecord.current()).isNull();
			assertThat(calls).extracting(SlowCall::command).containsExactlyInAnyOrder("GET", "INCR");
			assertThat(calls).filteredOn("command", "INCR").extracting(SlowCall::retries).containsExactly(0);
			assertThat(calls).allSatisfy(CallPartsIntegrationTests::assertPartsAddUp);
			assertThat(calls).filteredOn("command", "GET").singleElement().satisfies((call) -> {
				assertThat(call.retries()).isOne();
				assertThat(call.error()).isNull();
				// The attempt that failed, and a pause of 10 milliseconds less 20
				// percent.
				assertThat(call.retriesMillis()).isGreaterThanOrEqualTo(8);
				// The connections that were not lost have been checked, or others opened.
				assertThat(call.connectMillis() + call.serverMillis()).isGreaterThanOrEqualTo(120);
			});
		}
	}

	@Test
	void slotInMigrationIsRedirectOrRetry() {
		String tag = "{redirected}";
		RedisNode from = cluster.primaryOf(tag);
		RedisNode to = KEYS.stream()
			.map(cluster::primaryOf)
			.filter((node) -> !node.equals(from))
			.findFirst()
			.orElseThrow();
		int slot = CommandKeys.slot(tag);
		redis.opsForValue().multiSet(Map.of(tag + "moved", "x", tag + "stays", "x"));
		to.execute("CLUSTER", "SETSLOT", String.valueOf(slot), "IMPORTING", from.id());
		from.execute("CLUSTER", "SETSLOT", String.valueOf(slot), "MIGRATING", to.id());
		try {
			from.execute("MIGRATE", to.host(), String.valueOf(to.port()), tag + "moved", "0", "5000");
			SlowCall asked = only(client, () -> redis.opsForValue().get(tag + "moved"), "GET");
			assertThat(asked.redirections()).isOne();
			assertThat(asked.redirectsMillis()).isPositive();
			assertThat(asked.node()).isEqualTo(address(to));
			assertThat(asked.retries()).isZero();

			SlowCall piped = only(client, () -> pipeline(redis, List.of(tag + "stays", tag + "moved")), "PIPELINE");
			assertThat(piped.redirections()).isOne();
			assertThat(piped.redirectsMillis()).isPositive();
			assertThat(piped.commands()).isEqualTo(2);

			SlowCall refused = only(client,
					() -> fails(() -> redis.opsForValue().multiGet(List.of(tag + "moved", tag + "stays"))), "MGET");
			assertThat(refused.retries()).isEqualTo(2);
			assertThat(refused.error()).isEqualTo("TRYAGAIN");
			// Pauses of 10 and 20 milliseconds, less 20 percent.
			assertThat(refused.retriesMillis()).isGreaterThanOrEqualTo(24);
		}
		finally {
			cluster.migrateSlots(from, to, slot, slot);
			cluster.migrateSlots(to, from, slot, slot);
		}
	}

	@Test
	void slowestNodeIsNamedOfSeveral() {
		List<FaultProxy> proxies = shards.nodes().stream().map(FaultProxy::to).toList();
		String url = "redis://" + proxies.stream().map(Object::toString).collect(Collectors.joining(","));
		try (TimedClient sharded = TimedClient.start(url, "mode=sharded", "socket_timeout=10s")) {
			StringRedisTemplate template = sharded.redis();
			List<Runnable> calls = List.of(() -> pipeline(template, KEYS), () -> template.opsForValue().multiGet(KEYS));
			calls.forEach(Runnable::run);
			for (FaultProxy slow : proxies) {
				slow.delay(Duration.ofMillis(200));
				for (Runnable pipelineOrSplit : calls) {
					SlowCall call = only(sharded, pipelineOrSplit, "PIPELINE", "MGET");
					assertThat(call.node()).isEqualTo(slow.toString());
					assertThat(call.serverMillis()).isGreaterThanOrEqualTo(200);
				}
				slow.delay(Duration.ZERO);
			}
		}
		finally {
			proxies.forEach(FaultProxy::close);
		}
	}

	@Test
	void commandInStepsIsOneCall() {
		redis.opsForValue().set("a", "x");
		assertThat(cluster.primaryOf("a")).isNotEqualTo(cluster.primaryOf("b"));
		SlowCall call = only(client, () -> redis.rename("a", "b"), "RENAME");
		assertThat(call.key()).isEqualTo("a");
		assertThat(call.node()).isNotNull();
		assertThat(redis.opsForValue().get("b")).isEqualTo("x");
	}

	@Test
	void callsOnWatchingConnectionHaveItsNode() {
		List<SlowCall> calls = client.record(() -> redis.execute(new SessionCallback<List<Object>>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
				RedisOperations<String, String> session = (RedisOperations<String, String>) operations;
				session.watch("watched");
				assertThat(session.opsForValue().get("watched")).isNull();
				session.multi();
				session.opsForValue().set("watched", "x");
				session.opsForValue().get("watched");
				return session.exec();
			}

		}));
		redis.delete("watched");
		assertThat(calls).extracting(SlowCall::node).containsOnly(address(cluster.primaryOf("watched")));
		assertThat(calls).extracting(SlowCall::command).contains("WATCH", "GET", "MULTI");
		assertThat(calls).filteredOn("command", "MULTI").extracting(SlowCall::commands).containsExactly(2);
		assertThat(calls).allSatisfy(CallPartsIntegrationTests::assertPartsAddUp);
	}

	private static List<Connection> holdAll(TimedClient of) {
		List<Connection> held = new ArrayList<>();
		do {
			held.add(Internals.borrow(of.pool()));
		}
		while (of.pool().totalUsage().idle() > 0);
		return held;
	}

	private static void fails(ThrowingCallable call) {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(call);
	}

	private static SlowCall only(TimedClient of, Runnable command, String... names) {
		List<SlowCall> calls = of.record(command);
		assertThat(calls).isNotEmpty().allSatisfy(CallPartsIntegrationTests::assertPartsAddUp);
		assertThat(calls).extracting(SlowCall::command).isSubsetOf(names);
		assertThat(CallRecord.current()).isNull();
		return calls.get(0);
	}

	private static void assertPartsAddUp(SlowCall call) {
		// Each part is rounded down to a microsecond.
		assertThat(call.poolWaitMillis() + call.connectMillis() + call.serverMillis() + call.retriesMillis()
				+ call.redirectsMillis())
			.as("%s", call)
			.isBetween(call.totalMillis() - 0.0051, call.totalMillis() + 0.0011);
	}

	private static List<Object> pipeline(StringRedisTemplate template, List<String> keys) {
		return template.executePipelined((RedisCallback<?>) (connection) -> {
			keys.forEach((key) -> connection.stringCommands().get(key.getBytes(StandardCharsets.UTF_8)));
			return null;
		});
	}

	private static String address(RedisNode node) {
		return node.host() + ":" + node.port();
	}

}
