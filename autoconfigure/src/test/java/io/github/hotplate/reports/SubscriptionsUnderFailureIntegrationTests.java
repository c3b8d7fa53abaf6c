package io.github.hotplate.reports;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.Topic;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.routing.UnservedSlot;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that only listens goes on listening while a cluster fails over.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SubscriptionsUnderFailureIntegrationTests {

	private static final PatternTopic SET = PatternTopic.of("__keyevent@*__:set");

	private static EmbeddedRedisCluster cluster;

	private TestClient listener;

	private TestClient writer;

	@BeforeEach
	void start() {
		cluster.nodes().forEach((node) -> node.execute("CONFIG", "SET", "notify-keyspace-events", "KEA"));
		this.listener = TestClient.start(cluster.url(), "socket_timeout=500ms");
		this.writer = TestClient.start(cluster.url(), "socket_timeout=500ms");
	}

	@AfterEach
	void stop() {
		this.listener.close();
		this.writer.close();
		cluster.nodes().forEach(RedisNode::resume);
		cluster.awaitHealthy();
		cluster.nodes().forEach((node) -> node.execute("CONFIG", "SET", "notify-keyspace-events", ""));
	}

	@Test
	@Report({ "spring-data-redis #1111", "subscription to a silent node" })
	void eventsOfPromotedReplicaAreHeard() {
		StringRedisTemplate shardChannels = new StringRedisTemplate(shardChannels(this.writer));
		try (Listening events = Listening.to(factory(this.listener), SET);
				Listening messages = Listening.to(factory(this.listener), ChannelTopic.of("news"));
				Listening sharded = Listening.to(shardChannels(this.listener), ChannelTopic.of("news"))) {
			sharded.untilHeard(shardChannels, "news");
			RedisNode paused = cluster.primaryOf("news");
			paused.pause();
			Awaitility.await().until(() -> !cluster.primaryOf("news").equals(paused));
			long promoted = System.nanoTime();
			untilEvent(events, "news");
			messages.untilHeard(this.writer.redis(), "news");
			sharded.untilHeard(shardChannels, "news");
			assertThat(Duration.ofNanos(System.nanoTime() - promoted)).isLessThan(Duration.ofSeconds(2));
			paused.resume();
			Awaitility.await().until(() -> Long.valueOf(0).equals(paused.execute("PUBSUB", "NUMPAT")));
			List<String> keys = IntStream.range(0, 60).mapToObj((i) -> "key:" + i).toList();
			keys.forEach((key) -> this.writer.redis().opsForValue().set(key, "x"));
			Awaitility.await()
				.untilAsserted(() -> assertThat(events.heard()).filteredOn((event) -> event.contains(" key:"))
					.containsExactlyInAnyOrderElementsOf(
							keys.stream().map((key) -> "__keyevent@0__:set " + key).toList()));
			assertThat(messages.heard()).doesNotHaveDuplicates();
		}
	}

	@Test
	@Report("CLUSTERDOWN while subscribing")
	void subscribesWhileClusterIsDown() {
		StringRedisTemplate shardChannels = new StringRedisTemplate(shardChannels(this.writer));
		try (Listening messages = Listening.to(factory(this.listener), ChannelTopic.of("news"));
				Listening sharded = Listening.to(shardChannels(this.listener), ChannelTopic.of("channel:1"))) {
			sharded.untilHeard(shardChannels, "channel:1");
			try (UnservedSlot slot = UnservedSlot.of(cluster, 0)) {
				cluster.nodes().forEach((node) -> node.execute("CLIENT", "KILL", "TYPE", "pubsub"));
				messages.container().addMessageListener(messages.listener(), ChannelTopic.of("weather"));
				messages.untilHeard(this.writer.redis(), "news");
				messages.untilHeard(this.writer.redis(), "weather");
			}
			sharded.untilHeard(shardChannels, "channel:1");
		}
	}

	@Test
	void manyChannelsComeAndGoWhileConnectionsAreCut() {
		ChannelTopic[] topics = IntStream.range(0, 500)
			.mapToObj((i) -> ChannelTopic.of("topic:" + i))
			.toArray(ChannelTopic[]::new);
		try (Listening messages = Listening.to(factory(this.listener), ChannelTopic.of("news"), SET)) {
			for (int i = 0; i < topics.length; i++) {
				messages.container().addMessageListener(messages.listener(), topics[i]);
				if (i % 100 == 50) {
					cluster.nodes().forEach((node) -> node.execute("CLIENT", "KILL", "TYPE", "pubsub"));
				}
				if (i % 2 == 0) {
					messages.container().removeMessageListener(messages.listener(), topics[i]);
				}
			}
			for (Topic topic : List.of(topics[1], topics[251], topics[499])) {
				messages.untilHeard(this.writer.redis(), topic.getTopic());
			}
			assertThat(this.writer.redis().convertAndSend(topics[250].getTopic(), "nobody listens")).isZero();
			long channels = cluster.nodes()
				.stream()
				.mapToLong((node) -> ((List<?>) Objects.requireNonNull(node.execute("PUBSUB", "CHANNELS", "topic:*")))
					.size())
				.sum();
			assertThat(channels).isEqualTo(250);
		}
	}

	private void untilEvent(Listening listening, String key) {
		int heard = listening.heard().size();
		Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
			this.writer.redis().opsForValue().set(key, "x");
			return listening.heard().subList(heard, listening.heard().size()).contains("__keyevent@0__:set " + key);
		});
	}

	private static RedisConnectionFactory factory(TestClient client) {
		return client.redis().getRequiredConnectionFactory();
	}

	private static MonitoredRedisConnectionFactory shardChannels(TestClient client) {
		return ((MonitoredRedisConnectionFactory) factory(client)).forShardChannels();
	}

}
