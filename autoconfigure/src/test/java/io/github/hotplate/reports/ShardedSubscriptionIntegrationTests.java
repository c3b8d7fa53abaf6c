package io.github.hotplate.reports;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.PatternTopic;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Publishers and subscribers of independent servers agree on the server, whichever are in
 * the penalty box.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class ShardedSubscriptionIntegrationTests {

	private static EmbeddedRedisShards servers;

	@AfterEach
	void heal() {
		configureEvents("");
		servers.awaitHealthy();
	}

	@Test
	@Report("subscriptions to independent servers")
	void messagesAreHeardThroughPenalty() {
		try (TestClient client = start();
				Listening listening = Listening.to(factory(client), ChannelTopic.of("news"))) {
			listening.untilHeard(client.redis(), "news");
			RedisNode home = servers.nodes()
				.stream()
				.filter((node) -> !((List<?>) Objects.requireNonNull(node.execute("PUBSUB", "CHANNELS", "news")))
					.isEmpty())
				.findFirst()
				.orElseThrow();
			home.pause();
			try {
				assertThat(listening.untilHeard(client.redis(), "news")).isLessThan(Duration.ofSeconds(5));
			}
			finally {
				home.resume();
			}
			listening.untilHeard(client.redis(), "news");
			assertThat(listening.heard()).doesNotHaveDuplicates();
		}
	}

	@Test
	@Report("subscriptions to independent servers")
	void shardChannelIsHeardThroughPenalty() {
		try (TestClient client = start();
				Listening listening = Listening.to(shardChannels(client), ChannelTopic.of("news"))) {
			StringRedisTemplate publisher = new StringRedisTemplate(shardChannels(client));
			listening.untilHeard(publisher, "news");
			RedisNode home = servers.nodes()
				.stream()
				.filter((
						node) -> !((List<?>) Objects.requireNonNull(node.execute("PUBSUB", "SHARDCHANNELS"))).isEmpty())
				.findFirst()
				.orElseThrow();
			home.kill();
			assertThat(listening.untilHeard(publisher, "news")).isLessThan(Duration.ofSeconds(5));
			servers.awaitHealthy();
			Awaitility.await().until(() -> client.pool().ejected().isEmpty());
			listening.untilHeard(publisher, "news");
			assertThat(listening.heard()).doesNotHaveDuplicates();
		}
	}

	@Test
	@Report("spring-data-redis #1111")
	void eventsOfAllServersAreHeard() {
		configureEvents("KEA");
		try (TestClient client = start();
				Listening listening = Listening.to(factory(client), PatternTopic.of("__keyevent@*__:set"))) {
			List<String> keys = IntStream.range(0, 60).mapToObj((i) -> "key:" + i).toList();
			keys.forEach((key) -> client.redis().opsForValue().set(key, "x"));
			Awaitility.await()
				.untilAsserted(() -> assertThat(listening.heard()).containsExactlyInAnyOrderElementsOf(
						keys.stream().map((key) -> "__keyevent@0__:set " + key).toList()));
		}
	}

	private static TestClient start() {
		return TestClient.start(servers.url(), "mode=sharded", "penalty_box.min_wait=200ms", "socket_timeout=300ms");
	}

	private static void configureEvents(String events) {
		servers.nodes().forEach((node) -> node.execute("CONFIG", "SET", "notify-keyspace-events", events));
	}

	private static RedisConnectionFactory factory(TestClient client) {
		return client.redis().getRequiredConnectionFactory();
	}

	private static MonitoredRedisConnectionFactory shardChannels(TestClient client) {
		return ((MonitoredRedisConnectionFactory) factory(client)).forShardChannels();
	}

}
