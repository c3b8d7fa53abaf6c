package io.github.hotplate.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import org.springframework.data.redis.core.script.RedisScript;

import io.github.hotplate.execution.CrossSlotException;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What an injected template can do on a real cluster, across its slots and shards.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class ClusterOperationsIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private static ConfigurableApplicationContext context;

	private static StringRedisTemplate foo;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--foo.url=" + cluster.url());
		foo = context.getBean("foo", StringRedisTemplate.class);
	}

	@AfterAll
	static void stop() {
		context.close();
	}

	@BeforeEach
	void flush() {
		cluster.flush();
	}

	@Test
	void readsAndWrites() {
		foo.opsForValue().set("greeting", "hello", Duration.ofMinutes(1));
		assertThat(foo.opsForValue().get("greeting")).isEqualTo("hello");
		assertThat(foo.getExpire("greeting")).isBetween(1L, 60L);
		assertThat(foo.opsForValue().increment("counter")).isEqualTo(1);
		assertThat(foo.delete("greeting")).isTrue();
		assertThat(foo.opsForValue().get("greeting")).isNull();
	}

	@Test
	void worksOnEveryStructure() {
		foo.opsForHash().putAll("hash", Map.of("a", "1", "b", "2"));
		foo.opsForList().rightPushAll("list", "1", "2", "3");
		foo.opsForZSet().add("board", "low", 1);
		foo.opsForZSet().add("board", "high", 2);
		assertThat(foo.opsForHash().entries("hash")).containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "2"));
		assertThat(foo.opsForList().range("list", 0, -1)).containsExactly("1", "2", "3");
		assertThat(foo.opsForZSet().reverseRangeWithScores("board", 0, -1)).extracting(TypedTuple::getValue)
			.containsExactly("high", "low");
	}

	@Test
	void multiKeyCommandsSpanSlots() {
		Map<String, String> values = new HashMap<>();
		IntStream.range(0, 100).forEach((i) -> values.put("multi:" + i, "value:" + i));
		foo.opsForValue().multiSet(values);
		List<String> keys = IntStream.range(0, 100).mapToObj((i) -> "multi:" + i).collect(Collectors.toList());
		keys.add("multi:missing");
		keys.add("multi:7");
		List<String> expected = new ArrayList<>(keys.stream().map(values::get).toList());
		assertThat(foo.opsForValue().multiGet(keys)).containsExactlyElementsOf(expected);
		assertThat(foo.countExistingKeys(keys)).isEqualTo(101);
	}

	@Test
	void deleteAcrossSlotsReturnsNumberOfDeletedKeys() {
		foo.opsForValue().set("there:1", "x");
		foo.opsForValue().set("there:2", "x");
		assertThat(foo.delete(List.of("there:1", "missing:1", "there:2", "missing:2"))).isEqualTo(2);
		assertThat(foo.hasKey("there:1")).isFalse();
	}

	@Test
	void setAlgebraSpansSlots() {
		foo.opsForSet().add("set:a", "1", "2", "3");
		foo.opsForSet().add("set:b", "2", "3", "4");
		assertThat(foo.opsForSet().intersect("set:a", "set:b")).containsExactlyInAnyOrder("2", "3");
		assertThat(foo.opsForSet().union("set:a", "set:b")).containsExactlyInAnyOrder("1", "2", "3", "4");
		assertThat(foo.opsForSet().difference("set:a", "set:b")).containsExactly("1");
	}

	@Test
	void commandThatCannotBeSplitNamesRemedy() {
		foo.opsForZSet().add("old", "x", 1);
		assertThatExceptionOfType(CrossSlotException.class)
			.isThrownBy(() -> foo.opsForZSet().unionAndStore("old", "other", "new"))
			.withMessageContaining("ZUNIONSTORE")
			.withMessageContaining("{");
		foo.opsForZSet().add("{tag}old", "x", 1);
		foo.opsForZSet().unionAndStore("{tag}old", "{tag}other", "{tag}new");
		assertThat(foo.opsForZSet().score("{tag}new", "x")).isEqualTo(1);
	}

	@Test
	void scanAndKeysSeeEveryShardOnce() {
		List<String> keys = IntStream.range(0, 300).mapToObj((i) -> "scan:" + i).toList();
		foo.opsForValue().multiSet(keys.stream().collect(Collectors.toMap((key) -> key, (key) -> "x")));
		List<String> scanned = new ArrayList<>();
		try (Cursor<String> cursor = foo.scan(ScanOptions.scanOptions().match("scan:*").count(50).build())) {
			cursor.forEachRemaining(scanned::add);
		}
		assertThat(scanned).containsExactlyInAnyOrderElementsOf(keys);
		assertThat(foo.keys("scan:*")).containsExactlyInAnyOrderElementsOf(keys);
	}

	@Test
	void pipelineSpansSlotsAndKeepsOrder() {
		foo.opsForValue().set("pipe:text", "x");
		List<Object> replies = foo.executePipelined((RedisCallback<Object>) (connection) -> {
			for (int i = 0; i < 50; i++) {
				connection.stringCommands().incrBy(bytes("pipe:" + i), i);
			}
			connection.stringCommands().get(bytes("pipe:text"));
			connection.stringCommands().get(bytes("pipe:missing"));
			return null;
		});
		assertThat(replies).hasSize(52).startsWith(0L, 1L, 2L).endsWith(49L, "x", null);
	}

	@Test
	void failureInPipelineIsReported() {
		foo.opsForValue().set("pipe:text", "x");
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> foo.executePipelined((RedisCallback<Object>) (connection) -> {
				connection.stringCommands().set(bytes("pipe:before"), bytes("x"));
				connection.stringCommands().incr(bytes("pipe:text"));
				return null;
			}))
			.withStackTraceContaining("ERR value is not an integer");
		assertThat(foo.opsForValue().get("pipe:before")).isEqualTo("x");
	}

	@Test
	void scriptRunsWhereItsKeysAre() {
		RedisScript<Long> script = RedisScript.of("return redis.call('INCRBY', KEYS[1], ARGV[1])", Long.class);
		for (int i = 0; i < 10; i++) {
			assertThat(foo.execute(script, List.of("script:" + i), "5")).isEqualTo(5);
			assertThat(foo.opsForValue().get("script:" + i)).isEqualTo("5");
		}
	}

	@Test
	void nativeCommandsAreRouted() {
		for (int i = 0; i < 10; i++) {
			byte[] key = bytes("native:" + i);
			foo.execute((RedisCallback<Object>) (connection) -> connection.execute("SET", key, bytes("x")));
			assertThat(foo.opsForValue().get("native:" + i)).isEqualTo("x");
		}
	}

	@Test
	void clusterOperationsAddressSingleNodes() {
		IntStream.range(0, 60).forEach((i) -> foo.opsForValue().set("node:" + i, "x"));
		List<String> found = new ArrayList<>();
		for (RedisClusterNode primary : primaries()) {
			assertThat(foo.opsForCluster().ping(primary)).isEqualTo("PONG");
			Set<String> own = foo.opsForCluster().keys(primary, "node:*");
			assertThat(own).hasSizeBetween(1, 59);
			found.addAll(own);
		}
		assertThat(found).hasSize(60).doesNotHaveDuplicates();
	}

	@Test
	void clusterIsDescribedAsItIs() {
		assertThat(primaries()).hasSize(3)
			.allSatisfy((primary) -> assertThat(foo.opsForCluster().getReplicas(primary)).hasSize(1));
		RedisClusterNode primary = connection().clusterGetNodeForKey(bytes("somewhere"));
		assertThat(primary.getPort()).isEqualTo(cluster.primaryOf("somewhere").port());
		assertThat(connection().clusterGetClusterInfo().getSlotsOk()).isEqualTo(16384);
	}

	private static Set<RedisClusterNode> primaries() {
		return connection().clusterGetMasterReplicaMap().keySet();
	}

	private static RedisClusterConnection connection() {
		return context.getBean(RedisConnectionFactory.class).getClusterConnection();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@ImportAutoConfiguration(HotplateAutoConfiguration.class)
	static class Application {

	}

}
