package io.github.hotplate.sharding;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

import io.github.hotplate.execution.CrossSlotException;
import io.github.hotplate.template.MonitoredRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A sharded client on three servers that are well.
 */
class ShardedClientIntegrationTests extends AbstractShardedClientIntegrationTests {

	/**
	 * Where fluster puts keys on three servers.
	 */
	private static final Map<String, Integer> PLACES = Map.of("hi", 0, "redis", 1, "test", 2, "foo", 2, "bar", 2,
			"hello", 1, "été", 0, "ключ", 1, "user:1", 1);

	private static final List<String> KEYS = PLACES.keySet().stream().sorted().toList();

	@Test
	void keysAreWhereFlusterPutsThem() {
		KEYS.forEach((key) -> this.foo.opsForValue().set(key, "x"));
		assertThat(places(KEYS)).isEqualTo(PLACES);
		this.foo.delete(KEYS);
		KEYS.forEach((key) -> this.shards.getClient(key).opsForValue().set(key, "x"));
		assertThat(places(KEYS)).isEqualTo(PLACES);
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
				.del(KEYS.stream().map(AbstractShardedClientIntegrationTests::bytes).toArray(byte[][]::new));
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
	void messageReachesSubscriptionOnAnyServer() throws Exception {
		Queue<String> messages = new ConcurrentLinkedQueue<>();
		Map<RedisMessageListenerContainer, MonitoredRedisTemplate> containers = new LinkedHashMap<>();
		this.shards.stream().forEach((server) -> containers.put(new RedisMessageListenerContainer(), server));
		for (Map.Entry<RedisMessageListenerContainer, MonitoredRedisTemplate> entry : containers.entrySet()) {
			RedisMessageListenerContainer container = entry.getKey();
			container.setConnectionFactory(entry.getValue().getRequiredConnectionFactory());
			container.setMaxSubscriptionRegistrationWaitingTime(Duration.ofSeconds(20).toMillis());
			container.addMessageListener(
					(message, pattern) -> messages.add(new String(message.getBody(), StandardCharsets.UTF_8)),
					ChannelTopic.of("news"));
			container.afterPropertiesSet();
			container.start();
		}
		try {
			assertThat(this.foo.convertAndSend("news", "one")).isEqualTo(3);
			assertThat(this.foo
				.executePipelined((RedisCallback<?>) (connection) -> connection.publish(bytes("news"), bytes("two"))))
				.containsExactly(3L);
			assertThat(this.shards.getClient("hi").convertAndSend("news", "three")).isOne();
			Awaitility.await()
				.untilAsserted(() -> assertThat(messages).containsExactlyInAnyOrder("one", "one", "one", "two", "two",
						"two", "three"));
		}
		finally {
			for (RedisMessageListenerContainer container : containers.keySet()) {
				container.destroy();
			}
		}
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

}
