package io.github.hotplate.reports;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.data.annotation.Id;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisHash;
import org.springframework.data.redis.core.RedisKeyValueAdapter;
import org.springframework.data.redis.core.RedisKeyValueTemplate;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.convert.RedisCustomConversions;
import org.springframework.data.redis.core.index.Indexed;
import org.springframework.data.redis.core.mapping.RedisMappingContext;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.KeyExpirationEventMessageListener;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.client.TestClient;
import io.github.hotplate.subscription.SubscriptionUsage;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Subscriptions follow a cluster, and events of keys come from all of its primaries.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class ClusterSubscriptionIntegrationTests {

	private static final PatternTopic SET = PatternTopic.of("__keyevent@*__:set");

	private static EmbeddedRedisCluster cluster;

	@BeforeEach
	void publishEvents() {
		configureEvents("KEA");
	}

	@AfterEach
	void heal() {
		configureEvents("");
		cluster.awaitHealthy();
	}

	private static void configureEvents(String events) {
		cluster.nodes().forEach((node) -> node.execute("CONFIG", "SET", "notify-keyspace-events", events));
	}

	@Test
	@Report("spring-data-redis #1111")
	void eventsOfAllPrimariesAreHeardOnce() {
		try (TestClient client = TestClient.start(cluster.url());
				Listening listening = Listening.to(factory(client), SET)) {
			List<String> keys = IntStream.range(0, 60).mapToObj((i) -> "key:" + i).toList();
			keys.forEach((key) -> client.redis().opsForValue().set(key, "x"));
			Awaitility.await().until(() -> listening.heard().size() >= keys.size());
			assertThat(listening.heard()).containsExactlyInAnyOrderElementsOf(
					keys.stream().map(ClusterSubscriptionIntegrationTests::set).toList());
			assertThat(usage(client).connections()).isEqualTo(3);
		}
	}

	@Test
	void patternForEverythingHearsMessagesOnceAndAllEvents() {
		try (TestClient client = TestClient.start(cluster.url());
				Listening listening = Listening.to(factory(client), PatternTopic.of("*"))) {
			List<String> numbers = IntStream.range(0, 30).mapToObj((i) -> "key:" + i).toList();
			numbers.forEach((number) -> {
				client.redis().convertAndSend("news", number);
				client.redis().opsForValue().set(number, "x");
			});
			List<String> expected = numbers.stream()
				.flatMap((key) -> Stream.of("news " + key, set(key), "__keyspace@0__:" + key + " set"))
				.toList();
			Awaitility.await()
				.untilAsserted(() -> assertThat(listening.heard()).containsExactlyInAnyOrderElementsOf(expected));
		}
	}

	@Test
	@Report({ "spring-data-redis #1111", "spring-session #2175" })
	void eventsFollowOrderlyFailoverWithoutDuplicates() {
		try (TestClient client = TestClient.start(cluster.url());
				Listening listening = Listening.to(factory(client), SET, ChannelTopic.of("news"))) {
			listening.untilHeard(client.redis(), "news");
			RedisNode demoted = subscribed("news");
			String key = IntStream.range(0, 1_000)
				.mapToObj((i) -> "key" + i)
				.filter((candidate) -> cluster.primaryOf(candidate).equals(demoted))
				.findFirst()
				.orElseThrow();
			untilEvent(client, listening, key, "before");
			cluster.failOver(cluster.replicasOf(demoted).get(0));
			assertThat(cluster.primaryOf(key)).isNotEqualTo(demoted);
			untilEvent(client, listening, key, "after");
			listening.untilHeard(client.redis(), "news");
			int heard = listening.heard().size();
			List<String> keys = IntStream.range(0, 60).mapToObj((i) -> "key:" + i).toList();
			keys.forEach((each) -> client.redis().opsForValue().set(each, "x"));
			Awaitility.await()
				.during(Duration.ofMillis(200))
				.atMost(Duration.ofSeconds(10))
				.untilAsserted(() -> assertThat(listening.heard().subList(heard, listening.heard().size()))
					.filteredOn((event) -> event.contains(" key:"))
					.containsExactlyInAnyOrderElementsOf(
							keys.stream().map(ClusterSubscriptionIntegrationTests::set).toList()));
			assertThat(listening.heard()).filteredOn((message) -> message.startsWith("news")).doesNotHaveDuplicates();
			assertThat(demoted.execute("PUBSUB", "NUMPAT")).isEqualTo(0L);
			Awaitility.await()
				.untilAsserted(() -> assertThat((List<?>) demoted.execute("PUBSUB", "CHANNELS", "news")).isEmpty());
		}
	}

	@Test
	@Report("spring-data-redis #2987")
	void eventsThatServersPublishAreNotOverwritten() {
		try (ConfigurableApplicationContext context = start()) {
			StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
			Properties config = foo.getRequiredConnectionFactory()
				.getConnection()
				.serverCommands()
				.getConfig("notify-keyspace-events");
			assertThat(config.getProperty("notify-keyspace-events")).contains("K");
			assertThat(config).hasSize(4);
			assertThat(cluster.nodes()).allSatisfy((node) -> assertThat(String.valueOf(
					((List<?>) Objects.requireNonNull(node.execute("CONFIG", "GET", "notify-keyspace-events"))).get(1)))
				.contains("K"));
		}
	}

	@Test
	@Report("spring-session #2175")
	void indexesOfExpiredEntitiesAreRemoved() {
		try (ConfigurableApplicationContext context = start()) {
			RedisKeyValueTemplate template = context.getBean(RedisKeyValueTemplate.class);
			StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
			IntStream.range(0, 12).forEach((i) -> {
				template.insert(new Ticket("ticket:" + i, "open"));
				foo.expire("tickets:ticket:" + i, Duration.ofMillis(50));
			});
			Awaitility.await().untilAsserted(() -> assertThat(foo.opsForSet().members("tickets:state:open")).isEmpty());
		}
	}

	private static ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--foo.url=" + cluster.url());
	}

	private static void untilEvent(TestClient client, Listening listening, String key, String value) {
		int heard = listening.heard().size();
		Awaitility.await().until(() -> {
			client.redis().opsForValue().set(key, value);
			return listening.heard().subList(heard, listening.heard().size()).contains(set(key));
		});
	}

	private static String set(String key) {
		return "__keyevent@0__:set " + key;
	}

	private static RedisNode subscribed(String channel) {
		return cluster.nodes()
			.stream()
			.filter((
					node) -> !((List<?>) Objects.requireNonNull(node.execute("PUBSUB", "CHANNELS", channel))).isEmpty())
			.findFirst()
			.orElseThrow();
	}

	private static SubscriptionUsage usage(TestClient client) {
		List<SubscriptionUsage> usages = client.pool().subscriptions();
		assertThat(usages).hasSizeLessThan(2);
		return usages.isEmpty() ? new SubscriptionUsage(0, Duration.ZERO, Duration.ZERO, 0) : usages.get(0);
	}

	private static RedisConnectionFactory factory(TestClient client) {
		return client.redis().getRequiredConnectionFactory();
	}

	@RedisHash("tickets")
	record Ticket(@Id String id, @Indexed String state) {

	}

	@SpringBootConfiguration
	@ImportAutoConfiguration({ HotplateAutoConfiguration.class, DataRedisAutoConfiguration.class })
	static class Application {

		@Bean
		RedisMessageListenerContainer listeners(RedisConnectionFactory factory) {
			RedisMessageListenerContainer container = new RedisMessageListenerContainer();
			container.setConnectionFactory(factory);
			return container;
		}

		@Bean
		KeyExpirationEventMessageListener expirations(RedisMessageListenerContainer listeners) {
			return new KeyExpirationEventMessageListener(listeners);
		}

		@Bean
		RedisKeyValueAdapter adapter(RedisOperations<?, ?> foo) {
			RedisKeyValueAdapter adapter = new RedisKeyValueAdapter(foo, new RedisMappingContext(),
					new RedisCustomConversions());
			adapter.setEnableKeyspaceEvents(RedisKeyValueAdapter.EnableKeyspaceEvents.ON_STARTUP);
			return adapter;
		}

		@Bean
		RedisKeyValueTemplate template(RedisKeyValueAdapter adapter) {
			return new RedisKeyValueTemplate(adapter, new RedisMappingContext());
		}

	}

}
