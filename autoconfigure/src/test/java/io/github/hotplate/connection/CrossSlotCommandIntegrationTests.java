package io.github.hotplate.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.DefaultSortParameters;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisListCommands;
import org.springframework.data.redis.connection.SortParameters;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.execution.CrossSlotException;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Commands whose keys hash to several slots do what Spring Data Redis' own cluster
 * connections do, and where these differ from Redis, what Redis does. The keys {@code a},
 * {@code b} and {@code c} live on three nodes.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class CrossSlotCommandIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private static Client client;

	private static StringRedisTemplate foo;

	private static JedisConnectionFactory stockConnections;

	private static StringRedisTemplate stock;

	@BeforeAll
	static void connect() {
		client = new Client(cluster.url(), Map.of("foo.max_connections", "16"));
		foo = client.template();
		stockConnections = new JedisConnectionFactory(
				new RedisClusterConfiguration(cluster.nodes().stream().map(RedisNode::toString).toList()));
		stockConnections.afterPropertiesSet();
		stockConnections.start();
		stock = new StringRedisTemplate(stockConnections);
	}

	@AfterAll
	static void disconnect() {
		client.close();
		stockConnections.destroy();
	}

	@BeforeEach
	void flush() {
		cluster.flush();
	}

	@Test
	void renameAgreesWithStock() {
		agree((redis) -> {
			redis.opsForHash().putAll("a", Map.of("field", "value"));
			redis.opsForValue().set("b", "old");
			redis.rename("a", "b");
			return List.of(redis.hasKey("a"), redis.opsForHash().entries("b"));
		});
	}

	@Test
	void renameIfAbsentAgreesWithStock() {
		agree((redis) -> {
			redis.opsForValue().set("a", "1");
			redis.opsForValue().set("b", "2");
			return List.of(redis.renameIfAbsent("a", "b"), redis.opsForValue().get("a"), redis.opsForValue().get("b"),
					redis.renameIfAbsent("a", "c"), redis.hasKey("a"), redis.opsForValue().get("c"));
		});
	}

	@Test
	void renameKeepsTheExpiry() {
		foo.opsForValue().set("a", "x", Duration.ofMinutes(10));
		foo.rename("a", "b");
		assertThat(foo.getExpire("b", TimeUnit.SECONDS)).isBetween(500L, 600L);
		foo.renameIfAbsent("b", "c");
		assertThat(foo.getExpire("c", TimeUnit.SECONDS)).isBetween(500L, 600L);
	}

	@Test
	void renameOfMissingKeyFails() {
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> foo.rename("a", "b"))
			.withMessageContaining("no such key");
	}

	@Test
	void movingMemberAgreesWithStock() {
		agree((redis) -> {
			redis.opsForSet().add("a", "1", "2");
			return List.of(redis.opsForSet().move("a", "1", "b"), redis.opsForSet().move("a", "none", "b"),
					redis.opsForSet().members("a"), redis.opsForSet().members("b"));
		});
	}

	@Test
	void memberThatIsAlreadyThereIsMoved() {
		foo.opsForSet().add("a", "1");
		foo.opsForSet().add("b", "1");
		assertThat(foo.opsForSet().move("a", "1", "b")).isTrue();
		assertThat(foo.opsForSet().members("a")).isEmpty();
		assertThat(foo.opsForSet().members("b")).containsExactly("1");
	}

	@Test
	void storingSetsAgreesWithStock() {
		agree((redis) -> {
			redis.opsForSet().add("a", "1", "2", "3");
			redis.opsForSet().add("b", "2", "3", "4");
			return List.of(redis.opsForSet().intersectAndStore("a", "b", "inter"), redis.opsForSet().members("inter"),
					redis.opsForSet().unionAndStore("a", "b", "union"), redis.opsForSet().members("union"),
					redis.opsForSet().differenceAndStore("a", "b", "diff"), redis.opsForSet().members("diff"),
					redis.opsForSet().intersectAndStore("a", "none", "empty"), redis.hasKey("empty"),
					redis.opsForSet().intersectSize("a", "b"), redis.opsForSet().intersectSize("a", "none"));
		});
	}

	@Test
	void storedSetReplacesWhatWasThere() {
		foo.opsForSet().add("a", "1", "2");
		foo.opsForSet().add("b", "2", "3");
		foo.opsForSet().add("c", "old");
		assertThat(foo.opsForSet().intersectAndStore("a", "b", "c")).isEqualTo(1);
		assertThat(foo.opsForSet().members("c")).containsExactly("2");
		assertThat(foo.opsForSet().intersectAndStore("a", "none", "c")).isZero();
		assertThat(foo.hasKey("c")).isFalse();
	}

	@Test
	void sizeOfIntersectionIsLimited() {
		foo.opsForSet().add("a", "1", "2", "3");
		foo.opsForSet().add("b", "1", "2", "3");
		assertThat(raw("SINTERCARD", "2", "a", "b", "LIMIT", "2")).isEqualTo(2L);
		assertThat(raw("SINTERCARD", "2", "a", "b", "LIMIT", "0")).isEqualTo(3L);
	}

	@Test
	void sortedElementsAreStoredInTheirOrder() {
		foo.opsForList().rightPushAll("a", "3", "1", "2");
		foo.opsForList().rightPushAll("b", "old");
		assertThat(sort("a", new DefaultSortParameters(), "b")).isEqualTo(3);
		assertThat(foo.opsForList().range("b", 0, -1)).containsExactly("1", "2", "3");
		assertThat(sort("a", new DefaultSortParameters().desc().limit(0, 2), "b")).isEqualTo(2);
		assertThat(foo.opsForList().range("b", 0, -1)).containsExactly("3", "2");
		assertThat(sort("none", new DefaultSortParameters(), "b")).isZero();
		assertThat(foo.hasKey("b")).isFalse();
	}

	private static Long sort(String key, SortParameters order, String target) {
		return foo.execute(
				(RedisCallback<Long>) (connection) -> connection.keyCommands().sort(bytes(key), order, bytes(target)));
	}

	@Test
	void movingElementAgreesWithStock() {
		agree((redis) -> {
			redis.opsForList().rightPushAll("a", "1", "2", "2");
			redis.opsForList().rightPushAll("b", "0");
			return List.of(redis.opsForList().rightPopAndLeftPush("a", "b"),
					redis.opsForList().rightPopAndLeftPush("a", "b", Duration.ofSeconds(1)),
					redis.opsForList().range("a", 0, -1), redis.opsForList().range("b", 0, -1));
		});
	}

	@Test
	void nothingIsMovedFromMissingList() {
		assertThat(foo.opsForList().rightPopAndLeftPush("a", "b")).isNull();
		assertThat(foo.opsForList().rightPopAndLeftPush("a", "b", Duration.ofSeconds(1))).isNull();
		assertThat(foo.hasKey("b")).isFalse();
	}

	@Test
	void elementsAreMovedOnceEachByManyAtATime() {
		List<String> elements = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
		foo.opsForList().rightPushAll("a", elements);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		List<CompletableFuture<List<String>>> movers = IntStream.range(0, 4)
			.mapToObj((i) -> CompletableFuture.supplyAsync(CrossSlotCommandIntegrationTests::moveAll, threads))
			.toList();
		List<String> moved = movers.stream().map(CompletableFuture::join).flatMap(List::stream).toList();
		threads.shutdown();
		assertThat(moved).containsExactlyInAnyOrderElementsOf(elements);
		assertThat(foo.opsForList().range("b", 0, -1)).containsExactlyInAnyOrderElementsOf(elements);
		assertThat(foo.hasKey("a")).isFalse();
	}

	private static List<String> moveAll() {
		List<String> moved = new ArrayList<>();
		String element = foo.opsForList().rightPopAndLeftPush("a", "b");
		while (element != null) {
			moved.add(element);
			element = foo.opsForList().rightPopAndLeftPush("a", "b");
		}
		return moved;
	}

	@Test
	void blockingPopAgreesWithStock() {
		agree((redis) -> {
			redis.opsForList().rightPushAll("b", "1", "2");
			return List.of(pop(redis, (lists) -> lists.bLPop(1, bytes("a"), bytes("b"))),
					pop(redis, (lists) -> lists.bRPop(1, bytes("a"), bytes("b"))));
		});
	}

	@Test
	void blockingPopTakesFromOneListOnly() {
		foo.opsForList().rightPushAll("a", "1");
		foo.opsForList().rightPushAll("b", "2");
		assertThat(pop(foo, (lists) -> lists.bLPop(1, bytes("c"), bytes("b"), bytes("a")))).containsExactly("b", "2");
		assertThat(foo.opsForList().size("a")).isEqualTo(1);
	}

	@Test
	void blockingPopWaitsForElement() {
		CompletableFuture<List<String>> popped = CompletableFuture
			.supplyAsync(() -> pop(foo, (lists) -> lists.bRPop(0, bytes("a"), bytes("b"))));
		foo.opsForList().leftPush("b", "late");
		assertThat(popped).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(List.of("b", "late"));
	}

	@Test
	void blockingPopEndsAtItsTime() {
		assertThat(pop(foo, (lists) -> lists.bLPop(1, bytes("a"), bytes("b")))).isEmpty();
	}

	@Test
	void rawCommandsSpanSlotsToo() {
		foo.opsForValue().set("a", "x");
		raw("RENAME", "a", "b");
		assertThat(foo.opsForValue().get("b")).isEqualTo("x");
	}

	@Test
	void whatStockRefusesIsRefusedWithTheRemedy() {
		refused("PFCOUNT", (redis) -> redis.opsForHyperLogLog().size("a", "b"));
		refused("PFMERGE", (redis) -> redis.opsForHyperLogLog().union("a", "b"));
		refused("ZUNIONSTORE", (redis) -> redis.opsForZSet().unionAndStore("a", "b", "c"));
		refused("COPY", (redis) -> redis.copy("a", "b", true));
		refused("LMOVE", (redis) -> redis.opsForList()
			.move("a", RedisListCommands.Direction.LEFT, "b", RedisListCommands.Direction.LEFT));
	}

	@Test
	void whatIsRunInStepsIsRefusedInPipeline() {
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> foo.executePipelined((RedisCallback<Object>) (connection) -> {
				connection.keyCommands().rename(bytes("a"), bytes("b"));
				return null;
			}))
			.withStackTraceContaining(CrossSlotException.class.getName())
			.withStackTraceContaining("RENAME")
			.withStackTraceContaining("{user:1}:a");
	}

	private static void refused(String command, Function<StringRedisTemplate, Object> call) {
		assertThatExceptionOfType(CrossSlotException.class).isThrownBy(() -> call.apply(foo))
			.withMessageContaining(command)
			.withMessageContaining("{user:1}:a");
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> call.apply(stock));
	}

	private static void agree(Function<StringRedisTemplate, List<?>> calls) {
		cluster.flush();
		List<?> expected = calls.apply(stock);
		cluster.flush();
		assertThat(unordered(calls.apply(foo))).isEqualTo(unordered(expected));
	}

	private static List<Object> unordered(List<?> results) {
		return results.stream()
			.<Object>map((result) -> (result instanceof Set<?> set) ? new HashSet<>(set) : result)
			.toList();
	}

	private static List<String> pop(StringRedisTemplate redis, Function<RedisListCommands, List<byte[]>> pop) {
		List<byte[]> popped = redis
			.execute((RedisCallback<List<byte[]>>) (connection) -> pop.apply(connection.listCommands()));
		return (popped != null) ? popped.stream().map((element) -> new String(element, StandardCharsets.UTF_8)).toList()
				: List.of();
	}

	private static Object raw(String command, String... arguments) {
		return foo.execute((RedisCallback<Object>) (connection) -> connection.execute(command,
				Arrays.stream(arguments).map(CrossSlotCommandIntegrationTests::bytes).toArray(byte[][]::new)));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
