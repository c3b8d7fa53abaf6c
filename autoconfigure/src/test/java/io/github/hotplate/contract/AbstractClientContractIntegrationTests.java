package io.github.hotplate.contract;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import redis.clients.jedis.Connection;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.cluster.ClusterPool;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a client does for its application, however its servers work together. A mode has a
 * class of its own, which says where its servers are and nothing else; what only one mode
 * does is tested elsewhere.
 */
@ExtendWith({ EmbeddedRedisExtension.class, OutputCaptureExtension.class })
abstract class AbstractClientContractIntegrationTests {

	/**
	 * Keys of all three primaries of a cluster.
	 */
	private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f");

	private final String mode;

	/**
	 * Those of applications that other tests have left running.
	 */
	private Set<Thread> threadsOfOthers;

	private ConfigurableApplicationContext context;

	private StringRedisTemplate foo;

	/**
	 * Create the tests of a mode.
	 * @param mode the mode, as it is configured and as metrics show it
	 */
	AbstractClientContractIntegrationTests(String mode) {
		this.mode = mode;
	}

	abstract EmbeddedRedis redis();

	void flush() {
		redis().flush();
	}

	List<RedisNode> nodes() {
		return redis().nodes();
	}

	/**
	 * Return where the servers are.
	 */
	String url() {
		return redis().url();
	}

	/**
	 * Return keys that one transaction may name.
	 */
	List<String> keysTogether() {
		return List.of("{user:1}:name", "{user:1}:visits");
	}

	@BeforeEach
	void start() {
		this.threadsOfOthers = clientThreads();
		flush();
		restart("client_name=contract", "client_set_name=true");
	}

	private void restart(String... properties) {
		stop();
		Stream<String> arguments = Stream.concat(Stream.of("url=" + url(), "mode=" + this.mode), Stream.of(properties))
			.map("--foo."::concat);
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run(arguments.toArray(String[]::new));
		this.foo = this.context.getBean("foo", StringRedisTemplate.class);
	}

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@Test
	void operationsOfTemplateWork() {
		this.foo.opsForValue().set("text", "été", Duration.ofMinutes(1));
		assertThat(this.foo.opsForValue().get("text")).isEqualTo("été");
		assertThat(this.foo.getExpire("text")).isBetween(1L, 60L);
		this.foo.opsForHash().putAll("hash", Map.of("a", "1", "b", "2"));
		assertThat(this.foo.opsForHash().entries("hash")).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
		this.foo.opsForList().rightPushAll("list", "1", "2", "3");
		assertThat(this.foo.opsForList().range("list", 0, -1)).containsExactly("1", "2", "3");
		this.foo.opsForZSet().add("scores", "a", 1.5);
		assertThat(this.foo.opsForZSet().incrementScore("scores", "a", 2)).isEqualTo(3.5);
		assertThat(this.foo.opsForValue().increment("count")).isEqualTo(1L);
		assertThat(this.foo.delete("count")).isTrue();
		assertThat(this.foo.delete("count")).isFalse();
	}

	@Test
	void commandsWithManyKeysWork() {
		this.foo.opsForValue().multiSet(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));
		assertThat(this.foo.opsForValue().multiGet(KEYS)).containsExactly("1", "2", "3", "4", null, null);
		assertThat(this.foo.countExistingKeys(KEYS)).isEqualTo(4);
		this.foo.rename("a", "e");
		assertThat(this.foo.delete(KEYS)).isEqualTo(4);
	}

	@Test
	void pipelineAnswersInOrder() {
		List<String> keys = IntStream.range(0, 100).mapToObj((i) -> "key:" + i).toList();
		assertThat(this.foo.executePipelined((RedisCallback<?>) (connection) -> {
			keys.forEach((key) -> connection.stringCommands().set(bytes(key), bytes(key)));
			keys.forEach((key) -> connection.stringCommands().get(bytes(key)));
			return null;
		}).subList(100, 200)).isEqualTo(keys);
	}

	@Test
	void scanFindsEveryKeyOnce() {
		IntStream.range(0, 100).forEach((i) -> this.foo.opsForValue().set("scan:" + i, "x"));
		this.foo.opsForValue().set("other", "x");
		try (Cursor<String> keys = this.foo.scan(ScanOptions.scanOptions().match("scan:*").count(10).build())) {
			assertThat(keys.stream().toList()).hasSize(100).doesNotHaveDuplicates();
		}
	}

	@Test
	void scriptRunsWhereItsKeyIs() {
		RedisScript<Long> script = RedisScript
			.of("redis.call('SET', KEYS[1], ARGV[1]) return redis.call('STRLEN', KEYS[1])", Long.class);
		for (String key : KEYS) {
			assertThat(this.foo.execute(script, List.of(key), "four")).isEqualTo(4);
			assertThat(this.foo.opsForValue().get(key)).isEqualTo("four");
		}
	}

	@Test
	void transactionRunsAsWhole() {
		String name = keysTogether().get(0);
		String visits = keysTogether().get(1);
		assertThat(this.foo.execute(new Transaction((operations) -> {
			operations.opsForValue().set(name, "Ada");
			operations.opsForValue().increment(visits);
		}))).containsExactly(true, 1L);
		assertThat(this.foo.opsForValue().get(name)).isEqualTo("Ada");
	}

	@Test
	void transactionIsOffWhenWatchedKeyWasChanged() {
		String name = keysTogether().get(0);
		assertThat(this.foo.execute(new SessionCallback<List<Object>>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
				operations.watch((K) name);
				AbstractClientContractIntegrationTests.this.foo.opsForValue().set(name, "Grace");
				operations.multi();
				((RedisOperations<String, String>) operations).opsForValue().set(name, "Ada");
				return operations.exec();
			}

		})).isNullOrEmpty();
		assertThat(this.foo.opsForValue().get(name)).isEqualTo("Grace");
	}

	@Test
	void publishedMessagesArrive() throws Exception {
		Queue<String> messages = new ConcurrentLinkedQueue<>();
		RedisMessageListenerContainer container = new RedisMessageListenerContainer();
		container.setConnectionFactory(this.foo.getRequiredConnectionFactory());
		container.afterPropertiesSet();
		container.addMessageListener(
				(message, pattern) -> messages.add(new String(message.getBody(), StandardCharsets.UTF_8)),
				ChannelTopic.of("news"));
		container.start();
		try {
			Awaitility.await().until(() -> {
				this.foo.convertAndSend("news", "été");
				return messages.contains("été");
			});
		}
		finally {
			container.destroy();
		}
	}

	@Test
	void commandsAreMeasured() {
		this.foo.opsForValue().set("text", "x");
		this.foo.opsForValue().multiGet(KEYS);
		this.foo.executePipelined((RedisCallback<?>) (connection) -> connection.keyCommands().exists(bytes("text")));
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.foo.opsForList().leftPush("text", "x"));
		assertThat(requests("set", true)).isOne();
		assertThat(requests("mget", true)).isOne();
		assertThat(requests("pipeline", true)).isOne();
		assertThat(requests("lpush", false)).isOne();
		assertThat(this.context.getBean(MeterRegistry.class)
			.get("redis.client.pool.max.size")
			.tag("redis_pool", "foo")
			.gauge()
			.value()).isEqualTo(50);
	}

	private double requests(String command, boolean success) {
		return this.context.getBean(MeterRegistry.class)
			.get("redis.client.requests")
			.tags("redis_command", command, "redis_type", this.mode, "redis_client_name", "contract", "redis_success",
					String.valueOf(success))
			.counter()
			.count();
	}

	@Test
	void commandsAreSpans() {
		this.foo.opsForValue().set("text", "x");
		this.foo.opsForValue().multiGet(KEYS);
		assertThat(this.context.getBean(SimpleTracer.class).getSpans()).extracting(SimpleSpan::getName)
			.containsExactly("foo.SET", "foo.MGET");
	}

	@Test
	void hotKeysAreFound() {
		restart("track_key_reads_sample_rate=1", "track_key_writes_sample_rate=1",
				"hot_keys.flush_interval=50 milliseconds");
		this.foo.opsForValue().set("hot", "x");
		this.foo.opsForValue().get("hot");
		this.foo.opsForValue().get("hot");
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.foo.opsForZSet().score("baseplate-hot-key-tracker-reads", "hot"))
				.isEqualTo(2));
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.foo.opsForZSet().score("baseplate-hot-key-tracker-writes", "hot"))
				.isEqualTo(1));
	}

	@Test
	void waitForConnectionEnds() {
		restart("max_connections=2", "timeout=200 milliseconds");
		this.foo.opsForValue().set("text", "x");
		ClusterPool pool = this.context.getBean(ClusterPool.class);
		try (Connection first = pool.borrow(); Connection second = pool.borrow()) {
			assertThat(List.of(first, second)).doesNotHaveDuplicates();
			assertThatExceptionOfType(ConnectionPoolExhaustedException.class)
				.isThrownBy(() -> this.foo.opsForValue().get("text"))
				.withMessageContaining("'foo'")
				.withMessageContaining("limit 2, in use 2");
		}
		assertThat(this.foo.opsForValue().get("text")).isEqualTo("x");
	}

	@Test
	void lostConnectionsAreNotNoticed() {
		this.foo.opsForValue().set("text", "x");
		killConnections();
		assertThat(this.foo.opsForValue().get("text")).isEqualTo("x");
		killConnections();
		assertThat(this.foo
			.executePipelined((RedisCallback<?>) (connection) -> connection.stringCommands().get(bytes("text"))))
			.containsExactly("x");
	}

	private void killConnections() {
		List<String> killed = nodes().stream().flatMap((node) -> killConnections(node).stream()).toList();
		assertThat(killed).isNotEmpty();
	}

	private static List<String> killConnections(RedisNode node) {
		List<String> ids = String.valueOf(node.execute("CLIENT", "LIST"))
			.lines()
			.filter((line) -> line.contains(" name=contract "))
			.map((line) -> line.substring("id=".length(), line.indexOf(' ')))
			.toList();
		ids.forEach((id) -> node.execute("CLIENT", "KILL", "ID", id));
		return ids;
	}

	@Test
	void nothingIsLeftOfClosedClientAndNextOneWorks() {
		this.foo.opsForValue().set("text", "x");
		ClusterPool pool = this.context.getBean(ClusterPool.class);
		assertThat(pool.totalUsage().idle()).isPositive();
		this.context.close();
		assertThat(pool.totalUsage().idle()).isZero();
		Awaitility.await().untilAsserted(() -> assertThat(clientThreads()).allMatch(this.threadsOfOthers::contains));
		restart();
		assertThat(this.foo.opsForValue().get("text")).isEqualTo("x");
	}

	private static Set<Thread> clientThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("hotplate-foo-"))
			.collect(Collectors.toSet());
	}

	@Test
	void badCredentialsAreErrorAtStart(CapturedOutput output) {
		assertThatException().isThrownBy(() -> restart("username=app", "password=s3cret"));
		assertThat(output)
			.containsSubsequence("Redis rejected the credentials of Redis client 'foo'", "WRONGPASS",
					"Check foo.username and foo.password")
			.doesNotContain("s3cret");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * A transaction of a template.
	 */
	private record Transaction(
			Consumer<RedisOperations<String, String>> commands) implements SessionCallback<List<Object>> {

		@Override
		@SuppressWarnings("unchecked")
		public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
			operations.multi();
			this.commands.accept((RedisOperations<String, String>) operations);
			return operations.exec();
		}

	}

	@ImportAutoConfiguration(HotplateAutoConfiguration.class)
	static class Application {

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		SimpleTracer tracer() {
			return new SimpleTracer();
		}

	}

}
