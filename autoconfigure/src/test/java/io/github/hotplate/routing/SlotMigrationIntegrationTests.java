package io.github.hotplate.routing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisPipelineException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Commands go on, and none gets a wrong reply, while the slots of their keys move from
 * one primary to another.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SlotMigrationIntegrationTests {

	private static final int FIRST_SLOT = 4_000;

	private static final int LAST_SLOT = FIRST_SLOT + 9;

	/**
	 * Hash tags of the slots that move.
	 */
	private static final List<String> TAGS = IntStream.rangeClosed(FIRST_SLOT, LAST_SLOT)
		.mapToObj(SlotMigrationIntegrationTests::tagOf)
		.toList();

	private static EmbeddedRedisCluster cluster;

	private TestClient client;

	private StringRedisTemplate redis;

	@BeforeEach
	void start() {
		this.client = TestClient.start(cluster.url());
		this.redis = this.client.redis();
		// The more keys a slot has, the longer it is served by two nodes.
		TAGS.forEach((tag) -> this.redis.opsForValue()
			.multiSet(IntStream.range(0, 1_000)
				.mapToObj((i) -> "{" + tag + "}:" + i)
				.collect(Collectors.toMap((key) -> key, (key) -> "x".repeat(100)))));
		NodeStatistics.reset(cluster.nodes());
	}

	@AfterEach
	void stop() {
		this.client.close();
		cluster.awaitHealthy();
		cluster.flush();
	}

	@Test
	void noCallFailsAndNoReplyIsWrong() {
		RedisNode from = cluster.primaryOfSlot(FIRST_SLOT);
		RedisNode to = cluster.primaryOfSlot(16_000);
		try (Load load = Load.start(this::singleKeys, this::keysOfOneSlot, this::keysOfManySlots, this::pipelines)) {
			cluster.migrateSlots(from, to, FIRST_SLOT, LAST_SLOT);
			load.awaitCalls();
			cluster.migrateSlots(to, from, FIRST_SLOT, LAST_SLOT);
			load.awaitCalls();
			assertThat(load.failures()).isEmpty();
		}
		for (String error : List.of("MOVED", "ASK", "TRYAGAIN")) {
			assertThat(NodeStatistics.errors(cluster.nodes(), error)).as(error).isPositive();
		}
	}

	@Test
	void slotInMigrationIsServedByBothNodes() {
		RedisNode from = cluster.primaryOfSlot(FIRST_SLOT);
		RedisNode to = cluster.primaryOfSlot(16_000);
		List<String> keys = Stream.of("moved", "stays", "new").map(("{" + TAGS.get(0) + "}:")::concat).toList();
		this.redis.opsForValue().multiSet(Map.of(keys.get(0), "0", keys.get(1), "1"));
		beginMigration(from, to, keys.get(0));
		try (TestClient unrepeated = TestClient.start(cluster.url(), "retry.max_attempts=1")) {
			StringRedisTemplate once = unrepeated.redis();
			once.opsForValue().set(keys.get(2), "2");
			assertThat(keys.stream().map(once.opsForValue()::get)).containsExactly("0", "1", "2");
			assertThat(pipelined(once, keys)).containsExactly("0", "1", "2");
			assertThat(once.opsForValue().multiGet(List.of(keys.get(0), keys.get(2)))).containsExactly("0", "2");
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> once.opsForValue().multiGet(keys))
				.withStackTraceContaining("TRYAGAIN");
		}
	}

	@Test
	void userWhoMayNotAskIsToldAndGetsNoWrongReply() {
		RedisNode from = cluster.primaryOfSlot(FIRST_SLOT);
		RedisNode to = cluster.primaryOfSlot(16_000);
		String moved = "{" + TAGS.get(0) + "}:moved";
		String stays = "{" + tagOf(16_000) + "}:";
		this.redis.opsForValue().multiSet(Map.of(moved, "0", stays + "text", "x"));
		beginMigration(from, to, moved);
		cluster.nodes()
			.forEach((node) -> node.execute("ACL", "SETUSER", "unasking", "on", ">s3cret", "~*", "&*", "+@all",
					"-asking"));
		try (TestClient unasking = TestClient.start(cluster.url().replace("://", "://unasking:s3cret@"),
				"retry.max_attempts=1")) {
			StringRedisTemplate once = unasking.redis();
			List<String> keys = List.of(stays + "text", moved, moved, stays + "text");
			RedisPipelineException failure = catchThrowableOfType(RedisPipelineException.class,
					() -> pipelined(once, keys));
			List<Object> replies = failure.getPipelineResult();
			assertThat(List.of(0, 3)).map(replies::get).containsOnly(bytes("x"));
			assertThat(List.of(1, 2)).map(replies::get)
				.allSatisfy((reply) -> assertThat((Exception) reply).hasStackTraceContaining("NOPERM"));
			assertThat(once.opsForValue().increment(stays + "number")).isEqualTo(1);
			assertThat(once.opsForValue().get(stays + "text")).isEqualTo("x");
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> once.opsForValue().get(moved))
				.withStackTraceContaining("NOPERM");
			assertThat(once.opsForValue().increment(stays + "number")).isEqualTo(2);
		}
		finally {
			cluster.nodes().forEach((node) -> node.execute("ACL", "DELUSER", "unasking"));
		}
	}

	@Test
	void keysWatchedBeforeSlotMovedAreNotForgotten() {
		RedisNode from = cluster.primaryOfSlot(FIRST_SLOT);
		RedisNode to = cluster.primaryOfSlot(16_000);
		String key = "{" + TAGS.get(0) + "}:watched";
		try {
			this.redis.execute(new SessionCallback<@Nullable Void>() {

				@Override
				@SuppressWarnings("unchecked")
				public <K, V> @Nullable Void execute(RedisOperations<K, V> operations) {
					RedisOperations<String, String> session = (RedisOperations<String, String>) operations;
					session.watch(key);
					cluster.migrateSlots(from, to, FIRST_SLOT, FIRST_SLOT);
					to.execute("SET", key, "changed");
					assertThatExceptionOfType(NodeUnreachableException.class)
						.isThrownBy(() -> session.watch(key + ":2"))
						.withMessageContainingAll("' watches keys on ", "start over with WATCH (MOVED");
					return null;
				}

			});
		}
		finally {
			cluster.migrateSlots(to, from, FIRST_SLOT, FIRST_SLOT);
		}
	}

	private static void beginMigration(RedisNode from, RedisNode to, String key) {
		String slot = String.valueOf(FIRST_SLOT);
		to.execute("CLUSTER", "SETSLOT", slot, "IMPORTING", from.id());
		from.execute("CLUSTER", "SETSLOT", slot, "MIGRATING", to.id());
		from.execute("MIGRATE", to.host(), String.valueOf(to.port()), key, "0", "5000");
	}

	private static List<Object> pipelined(StringRedisTemplate redis, List<String> keys) {
		return redis.executePipelined((RedisCallback<?>) (connection) -> {
			keys.forEach((key) -> connection.stringCommands().get(bytes(key)));
			return null;
		});
	}

	private void singleKeys() {
		for (String tag : TAGS) {
			String key = "{" + tag + "}:single";
			String value = String.valueOf(System.nanoTime());
			this.redis.opsForValue().set(key, value);
			assertThat(this.redis.opsForValue().get(key)).isEqualTo(value);
			assertThat(this.redis.delete(key)).isTrue();
			assertThat(this.redis.opsForValue().get(key)).isNull();
		}
	}

	private void keysOfOneSlot() {
		for (String tag : TAGS) {
			writeAndRead(List.of("{" + tag + "}:one", "{" + tag + "}:two", "{" + tag + "}:three"));
		}
	}

	private void keysOfManySlots() {
		writeAndRead(TAGS.stream().map((tag) -> "{" + tag + "}:many").toList());
	}

	private void writeAndRead(List<String> keys) {
		String value = String.valueOf(System.nanoTime());
		this.redis.opsForValue().multiSet(keys.stream().collect(Collectors.toMap((key) -> key, (key) -> key + value)));
		assertThat(this.redis.opsForValue().multiGet(keys)).isEqualTo(keys.stream().map((key) -> key + value).toList());
	}

	private void pipelines() {
		byte[] value = bytes(String.valueOf(System.nanoTime()));
		List<Object> replies = this.redis.executePipelined((RedisCallback<?>) (connection) -> {
			for (String tag : TAGS) {
				byte[] key = bytes("{" + tag + "}:pipeline");
				connection.stringCommands().set(key, value);
				connection.stringCommands().get(key);
				connection.stringCommands().mSet(Map.of(key, value, bytes("{" + tag + "}:pipeline:2"), value));
				connection.keyCommands().del(key);
			}
			return null;
		});
		String text = new String(value, StandardCharsets.UTF_8);
		for (int i = 0; i < TAGS.size(); i++) {
			assertThat(replies.subList(4 * i, 4 * i + 4)).containsExactly(true, text, true, 1L);
		}
	}

	private static String tagOf(int slot) {
		return IntStream.iterate(0, (i) -> i + 1)
			.mapToObj(Integer::toString)
			.filter((tag) -> CommandKeys.slot(tag) == slot)
			.findFirst()
			.orElseThrow();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
