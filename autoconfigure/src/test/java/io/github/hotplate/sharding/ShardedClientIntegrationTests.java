package io.github.hotplate.sharding;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import io.github.hotplate.execution.CrossSlotException;
import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.test.EmbeddedRedisServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A sharded client on three servers that are well.
 */
class ShardedClientIntegrationTests {

	/**
	 * Where fluster puts keys on three servers.
	 */
	private static final Map<String, Integer> PLACES = Map.of("hi", 0, "redis", 1, "test", 2, "foo", 2, "bar", 2,
			"hello", 1, "été", 0, "ключ", 1, "user:1", 1);

	private static final List<String> KEYS = PLACES.keySet().stream().sorted().toList();

	private static List<EmbeddedRedisServer> servers = List.of();

	private static ShardedApplication application;

	private final MonitoredRedisTemplate foo = application.foo();

	private final ShardedRedisCluster shards = application.shards();

	@BeforeAll
	static void start() {
		servers = Stream.generate(() -> EmbeddedRedisServer.builder().start()).limit(3).toList();
		application = ShardedApplication.start(servers);
	}

	@AfterAll
	static void stop() {
		application.close();
		servers.forEach(EmbeddedRedisServer::close);
	}

	@BeforeEach
	void flush() {
		servers.forEach(EmbeddedRedisServer::flush);
	}

	@Test
	void keysAreWhereFlusterPutsThem() {
		KEYS.forEach((key) -> this.foo.opsForValue().set(key, "x"));
		assertThat(places(KEYS)).isEqualTo(PLACES);
		this.foo.delete(KEYS);
		KEYS.forEach((key) -> this.shards.getClient(key).opsForValue().set(key, "x"));
		assertThat(places(KEYS)).isEqualTo(PLACES);
	}

	@Test
	void emptyKeyIsOnFirstServer() {
		this.shards.getClient(new byte[0]).opsForValue().set("any", "x");
		assertThat(places(List.of("any"))).containsEntry("any", 0);
	}

	@Test
	void commandsWithManyKeysSpanServers() {
		Map<String, String> values = KEYS.stream().collect(Collectors.toMap((key) -> key, (key) -> "value of " + key));
		this.foo.opsForValue().multiSet(values);
		assertThat(places(KEYS)).isEqualTo(PLACES);
		assertThat(this.foo.opsForValue().multiGet(KEYS))
			.containsExactlyElementsOf(KEYS.stream().map(values::get).toList());
		assertThat(this.foo.countExistingKeys(KEYS)).isEqualTo(KEYS.size());
		assertThat(this.foo.delete(List.of("hi", "hello", "test", "missing"))).isEqualTo(3);
		assertThat(this.foo.unlink(KEYS)).isEqualTo(KEYS.size() - 3);
	}

	@Test
	void pipelineSpansServers() {
		List<Object> results = this.foo.executePipelined("warm up", (RedisCallback<?>) (connection) -> {
			KEYS.forEach((key) -> connection.stringCommands().set(bytes(key), bytes(key)));
			KEYS.forEach((key) -> connection.stringCommands().get(bytes(key)));
			connection.keyCommands()
				.del(KEYS.stream().map(ShardedClientIntegrationTests::bytes).toArray(byte[][]::new));
			return null;
		});
		assertThat(results.subList(KEYS.size(), 2 * KEYS.size())).isEqualTo(KEYS);
		assertThat(results).last().isEqualTo((long) KEYS.size());
	}

	@Test
	void serverCommandsSeeAllServers() {
		KEYS.forEach((key) -> this.foo.opsForValue().set(key, "x"));
		assertThat(this.foo.keys("*")).containsExactlyInAnyOrderElementsOf(KEYS);
		assertThat(this.foo.execute((RedisCallback<Long>) (connection) -> connection.serverCommands().dbSize()))
			.isEqualTo(KEYS.size());
		try (Cursor<String> keys = this.foo.scan(ScanOptions.scanOptions().count(1).build())) {
			assertThat(keys.stream().toList()).containsExactlyInAnyOrderElementsOf(KEYS);
		}
		this.foo.execute((RedisCallback<?>) (connection) -> {
			connection.serverCommands().flushAll();
			return null;
		});
		assertThat(places(KEYS)).isEmpty();
	}

	@Test
	void commandThatCannotBeSplitNamesRemedy() {
		assertThatExceptionOfType(CrossSlotException.class)
			.isThrownBy(() -> this.foo.opsForHyperLogLog().size("hi", "test"))
			.withMessageContaining("'hi' and 'test'")
			.withMessageContaining("ShardedRedisCluster")
			.withMessageNotContaining("hash tag");
	}

	@Test
	void clientOfShardKeyTakesAllKeysTogether() {
		StringRedisTemplate client = this.shards.getClient("hi");
		KEYS.forEach((key) -> client.opsForValue().set(key, "x"));
		assertThat(places(KEYS).values()).containsOnly(0);
		assertThat(client.keys("*")).containsExactlyInAnyOrderElementsOf(KEYS);
		assertThat(client.opsForHyperLogLog().add("a", "1")).isOne();
		assertThat(client.opsForHyperLogLog().union("b", "a", "c")).isOne();
		assertThat(client.execute(RedisScript.of("return redis.call('EXISTS', KEYS[1], KEYS[2])", Long.class),
				List.of("hi", "test")))
			.isEqualTo(2);
		assertThat(client.executePipelined((RedisCallback<?>) (connection) -> {
			connection.keyCommands().exists(bytes("test"));
			connection.keyCommands().exists(bytes("hello"));
			return null;
		})).containsExactly(true, true);
	}

	@Test
	void clientOfShardKeyRunsTransactions() {
		assertThat(transaction(this.shards.getClient("test"))).containsExactly(1L, 1L);
		assertThat(places(List.of("hi", "hello"))).isEqualTo(Map.of("hi", 2, "hello", 2));
	}

	@Test
	void clientOfServerRunsTransactions() {
		assertThat(transaction(this.shards.stream().skip(1).findFirst().orElseThrow())).containsExactly(1L, 1L);
		assertThat(places(List.of("hi", "hello"))).isEqualTo(Map.of("hi", 1, "hello", 1));
	}

	private static List<Object> transaction(StringRedisTemplate client) {
		return client.execute(new SessionCallback<List<Object>>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
				operations.watch((K) "hi");
				operations.multi();
				operations.opsForValue().increment((K) "hi");
				operations.opsForValue().increment((K) "hello");
				return operations.exec();
			}

		});
	}

	@Test
	void iterationMeetsOneServerAfterTheOther() {
		Iterator<MonitoredRedisTemplate> endless = this.shards.iterator();
		IntStream.range(0, 6).forEach((i) -> endless.next().opsForList().rightPush("queue", "endless"));
		this.shards.stream().forEach((client) -> client.opsForList().rightPush("queue", "stream"));
		this.shards.roundControlled(2).forEach((client) -> client.opsForList().rightPush("queue", "round"));
		assertThat(servers).allSatisfy((server) -> assertThat(server.node().execute("LRANGE", "queue", "0", "-1"))
			.hasToString("[endless, endless, stream, round, round]"));
	}

	@Test
	void sortedSetsAreMerged() {
		List<MonitoredRedisTemplate> clients = this.shards.stream().toList();
		clients.get(0).opsForZSet().add("board", "x", -5);
		clients.get(1).opsForZSet().add("board", "x", 50);
		clients.get(1).opsForZSet().add("board", "y", -1);
		clients.get(2).opsForZSet().add("board", "z", 101);
		MergedScores<String> merged = this.shards.zRevRangeByScoreWithIntScores("board", 100, -10);
		assertThat(merged.scores()).containsExactly(Map.entry("x", 50L), Map.entry("y", -1L));
		assertThat(merged.isComplete()).isTrue();
	}

	@Test
	void commandsAreMeasured() {
		MeterRegistry registry = application.bean(MeterRegistry.class);
		this.foo.opsForSet().add("set", "x");
		this.shards.getClient("set").opsForSet().add("set", "x");
		this.shards.stream().forEach((client) -> client.opsForSet().isMember("set", "x"));
		assertThat(registry.get("redis.client.requests")
			.tags("redis_type", "sharded", "redis_command", "sadd", "redis_success", "true")
			.counter()
			.count()).isEqualTo(2);
		assertThat(registry.get("redis.client.requests")
			.tags("redis_type", "sharded", "redis_command", "sismember", "redis_success", "true")
			.counter()
			.count()).isEqualTo(3);
		assertThat(registry.get("redis.client.penalty.box").gauges()).hasSize(3)
			.allSatisfy((gauge) -> assertThat(gauge.value()).isZero());
	}

	@Test
	void errorRepliesLeaveServersAlone() {
		this.foo.opsForValue().set("hi", "text");
		for (int i = 0; i < 3; i++) {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.foo.opsForList().leftPush("hi", "x"));
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> this.foo
				.executePipelined((RedisCallback<?>) (connection) -> connection.listCommands().lPop(bytes("hi"))));
		}
		assertThat(this.shards.penaltyBox().active().activeCount()).isEqualTo(3);
	}

	private static Map<String, Integer> places(List<String> keys) {
		Map<String, Integer> places = new TreeMap<>();
		for (int server = 0; server < servers.size(); server++) {
			for (String key : Set.copyOf(keys)) {
				if (Long.valueOf(1).equals(servers.get(server).node().execute("EXISTS", key))) {
					assertThat(places.put(key, server)).isNull();
				}
			}
		}
		return places;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
