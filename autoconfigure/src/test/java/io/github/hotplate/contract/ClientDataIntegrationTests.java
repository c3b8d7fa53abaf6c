package io.github.hotplate.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client does with data.
 */
interface ClientDataIntegrationTests extends ClientContract {

	@Test
	default void operationsOfTemplateWork() {
		foo().opsForValue().set("text", "été", Duration.ofMinutes(1));
		assertThat(foo().opsForValue().get("text")).isEqualTo("été");
		assertThat(foo().getExpire("text")).isBetween(1L, 60L);
		foo().opsForHash().putAll("hash", Map.of("a", "1", "b", "2"));
		assertThat(foo().opsForHash().entries("hash")).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
		foo().opsForList().rightPushAll("list", "1", "2", "3");
		assertThat(foo().opsForList().range("list", 0, -1)).containsExactly("1", "2", "3");
		foo().opsForZSet().add("scores", "a", 1.5);
		assertThat(foo().opsForZSet().incrementScore("scores", "a", 2)).isEqualTo(3.5);
		assertThat(foo().opsForValue().increment("count")).isEqualTo(1L);
		assertThat(foo().delete("count")).isTrue();
		assertThat(foo().delete("count")).isFalse();
	}

	@Test
	default void commandsWithManyKeysWork() {
		foo().opsForValue().multiSet(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));
		assertThat(foo().opsForValue().multiGet(KEYS)).containsExactly("1", "2", "3", "4", null, null);
		assertThat(foo().countExistingKeys(KEYS)).isEqualTo(4);
		foo().rename("a", "e");
		assertThat(foo().delete(KEYS)).isEqualTo(4);
	}

	@Test
	default void pipelineAnswersInOrder() {
		List<String> keys = IntStream.range(0, 100).mapToObj((i) -> "key:" + i).toList();
		assertThat(foo().executePipelined((RedisCallback<?>) (connection) -> {
			keys.forEach((key) -> connection.stringCommands().set(bytes(key), bytes(key)));
			keys.forEach((key) -> connection.stringCommands().get(bytes(key)));
			return null;
		}).subList(100, 200)).isEqualTo(keys);
	}

	@Test
	default void scanFindsEveryKeyOnce() {
		IntStream.range(0, 100).forEach((i) -> foo().opsForValue().set("scan:" + i, "x"));
		foo().opsForValue().set("other", "x");
		try (Cursor<String> keys = foo().scan(ScanOptions.scanOptions().match("scan:*").count(10).build())) {
			assertThat(keys.stream().toList()).hasSize(100).doesNotHaveDuplicates();
		}
	}

	@Test
	default void scriptRunsWhereItsKeyIs() {
		RedisScript<Long> script = RedisScript
			.of("redis.call('SET', KEYS[1], ARGV[1]) return redis.call('STRLEN', KEYS[1])", Long.class);
		for (String key : KEYS) {
			assertThat(foo().execute(script, List.of(key), "four")).isEqualTo(4);
			assertThat(foo().opsForValue().get(key)).isEqualTo("four");
		}
	}

	@Test
	default void transactionRunsAsWhole() {
		String name = keysTogether().get(0);
		String visits = keysTogether().get(1);
		assertThat(foo().execute(new Transaction((operations) -> {
			operations.opsForValue().set(name, "Ada");
			operations.opsForValue().increment(visits);
		}))).containsExactly(true, 1L);
		assertThat(foo().opsForValue().get(name)).isEqualTo("Ada");
	}

	@Test
	default void transactionIsOffWhenWatchedKeyWasChanged() {
		String name = keysTogether().get(0);
		assertThat(foo().execute(new SessionCallback<List<Object>>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
				operations.watch((K) name);
				foo().opsForValue().set(name, "Grace");
				operations.multi();
				((RedisOperations<String, String>) operations).opsForValue().set(name, "Ada");
				return operations.exec();
			}

		})).isNullOrEmpty();
		assertThat(foo().opsForValue().get(name)).isEqualTo("Grace");
	}

	@Test
	default void everyPublishedMessageArrives() throws Exception {
		Queue<String> messages = new ConcurrentLinkedQueue<>();
		RedisMessageListenerContainer container = new RedisMessageListenerContainer();
		container.setConnectionFactory(foo().getRequiredConnectionFactory());
		container.setMaxSubscriptionRegistrationWaitingTime(Duration.ofSeconds(20).toMillis());
		container.afterPropertiesSet();
		container.addMessageListener(
				(message, pattern) -> messages.add(foo().getStringSerializer().deserialize(message.getBody())),
				ChannelTopic.of("news"));
		container.start();
		try {
			List<String> sent = IntStream.range(0, 20).mapToObj((i) -> "été " + i).toList();
			sent.forEach((message) -> foo().convertAndSend("news", message));
			Awaitility.await().untilAsserted(() -> assertThat(messages).containsExactlyInAnyOrderElementsOf(sent));
		}
		finally {
			container.destroy();
		}
	}

	/**
	 * A transaction of a template.
	 */
	record Transaction(Consumer<RedisOperations<String, String>> commands) implements SessionCallback<List<Object>> {

		@Override
		@SuppressWarnings("unchecked")
		public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
			operations.multi();
			this.commands.accept((RedisOperations<String, String>) operations);
			return operations.exec();
		}

	}

}
