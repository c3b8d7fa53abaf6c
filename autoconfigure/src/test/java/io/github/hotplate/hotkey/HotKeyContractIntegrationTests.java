package io.github.hotplate.hotkey;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisListCommands.Direction;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What baseplate's tracker promises, and what it does not.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class HotKeyContractIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private TrackedClient client;

	private StringRedisTemplate redis;

	@BeforeEach
	void start() {
		cluster.nodes().forEach(HotKeyContractIntegrationTests::forget);
		this.client = TrackedClient.start(cluster);
		this.redis = this.client.redis();
	}

	private static void forget(RedisNode node) {
		if (String.valueOf(node.execute("ROLE")).startsWith("[master")) {
			node.execute("FLUSHALL");
		}
	}

	@AfterEach
	void stop() {
		this.client.close();
	}

	@Test
	void repeatedKeyCountsAsOftenAsItOccurs() {
		this.redis.opsForValue().multiGet(List.of("a", "b", "a"));
		assertThat(reads()).isEqualTo(Map.of("a", 2L, "b", 1L));
		assertThat(writes()).isEmpty();
	}

	@Test
	void everyKeyOfWriteCounts() {
		this.redis.opsForValue().multiSet(Map.of("a", "1", "b", "2"));
		this.redis.opsForValue().multiSetIfAbsent(Map.of("c", "1", "d", "2"));
		this.redis.delete(List.of("a", "c"));
		assertThat(writes()).isEqualTo(Map.of("a", 2L, "b", 1L, "c", 2L, "d", 1L));
		assertThat(reads()).isEmpty();
	}

	@Test
	void failedCommandDoesNotCount() {
		this.redis.opsForValue().set("text", "x");
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.redis.opsForList().leftPush("text", "x"));
		assertThat(writes()).isEqualTo(Map.of("text", 1L));
	}

	@Test
	void pipelinedCommandsCountUnlessTheyFail() {
		this.redis.opsForValue().set("text", "x");
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.redis.executePipelined((RedisCallback<Object>) (connection) -> {
				connection.stringCommands().get(bytes("a"));
				connection.stringCommands().incr(bytes("b"));
				connection.listCommands().lPush(bytes("text"), bytes("x"));
				return null;
			}));
		assertThat(reads()).isEqualTo(Map.of("a", 1L));
		assertThat(writes()).isEqualTo(Map.of("text", 1L, "b", 1L));
	}

	@Test
	void everyCommandOfLongPipelineCounts() {
		this.redis.executePipelined((RedisCallback<Object>) (connection) -> {
			for (int i = 0; i < 10_000; i++) {
				connection.stringCommands().get(bytes("key:" + i % 100));
			}
			return null;
		});
		assertThat(reads()).hasSize(100).allSatisfy((key, score) -> assertThat(score).isEqualTo(100));
		assertThat(this.client.tracker().droppedSamples()).isZero();
	}

	@Test
	void transactionCountsWhenItIsExecuted() {
		this.redis.execute(new SessionCallback<List<Object>>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
				RedisOperations<String, String> strings = (RedisOperations<String, String>) operations;
				strings.multi();
				strings.opsForValue().set("{tx}:discarded", "x");
				strings.discard();
				strings.multi();
				strings.opsForValue().set("{tx}:executed", "x");
				return strings.exec();
			}

		});
		assertThat(writes()).isEqualTo(Map.of("{tx}:executed", 1L));
	}

	@Test
	void setsLiveForADayFromTheLastFlush() {
		this.redis.opsForValue().get("a");
		this.redis.opsForValue().set("a", "x");
		this.client.tracker().tick();
		for (KeyAccess access : KeyAccess.values()) {
			cluster.primaryOf(access.sortedSet()).execute("EXPIRE", access.sortedSet(), "100");
		}
		this.redis.opsForValue().get("a");
		this.redis.opsForValue().set("a", "x");
		this.client.tracker().tick();
		for (KeyAccess access : KeyAccess.values()) {
			assertThat((Long) cluster.primaryOf(access.sortedSet()).execute("TTL", access.sortedSet()))
				.isBetween(86_300L, 86_400L);
		}
	}

	@Test
	void documentedQueryAnswersAndDoesNotCount() {
		for (int i = 0; i < 3; i++) {
			this.redis.opsForValue().get("a");
		}
		this.redis.opsForValue().get("b");
		this.client.tracker().tick();
		for (int i = 0; i < 2; i++) {
			Set<String> hottest = this.redis.opsForZSet()
				.reverseRangeByScore("baseplate-hot-key-tracker-reads", 0, Double.POSITIVE_INFINITY, 0, 10);
			assertThat(hottest).containsExactly("a", "b");
			this.client.tracker().tick();
		}
	}

	@Test
	void commandsThatBaseplateLeavesOutCount() {
		this.redis.opsForValue().getAndExpire("getex", Duration.ofMinutes(1));
		this.redis.opsForValue().getAndDelete("getdel");
		this.redis.opsForValue().increment("incr");
		this.redis.opsForValue().append("append", "x");
		this.redis.opsForValue().setBit("setbit", 1, true);
		this.redis.unlink("unlink");
		this.redis.persist("persist");
		this.redis.opsForList().move("{l}:from", Direction.LEFT, "{l}:to", Direction.LEFT);
		this.redis.opsForHyperLogLog().add("pfadd", "x");
		this.redis.opsForStream().add("xadd", Map.of("field", "value"));
		this.redis.type("type");
		this.redis.opsForStream().read(StreamOffset.fromStart("xread"));
		this.redis.opsForZSet().reverseRange("zrevrange", 0, 1);
		this.redis.opsForZSet().unionAndStore("{z}:a", "{z}:b", "{z}:dest");
		this.redis.execute(RedisScript.of("return redis.call('GET', KEYS[1])", String.class), List.of("eval"));
		this.redis.copy("{c}:from", "{c}:to", true);
		assertThat(writes().keySet()).containsExactlyInAnyOrder("getex", "getdel", "incr", "append", "setbit", "unlink",
				"persist", "{l}:from", "{l}:to", "pfadd", "xadd", "{z}:dest", "eval", "{c}:to");
		assertThat(reads().keySet()).containsExactlyInAnyOrder("type", "xread", "zrevrange", "{z}:a", "{z}:b",
				"{c}:from");
	}

	@Test
	void rawCommandCounts() {
		this.redis.execute((RedisCallback<Object>) (connection) -> connection.execute("SET", bytes("raw"), bytes("x")));
		assertThat(writes()).isEqualTo(Map.of("raw", 1L));
	}

	private Map<String, Long> reads() {
		return this.client.flushed(KeyAccess.READS);
	}

	private Map<String, Long> writes() {
		return this.client.flushed(KeyAccess.WRITES);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
