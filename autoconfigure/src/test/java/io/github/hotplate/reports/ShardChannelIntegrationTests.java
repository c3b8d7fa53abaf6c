package io.github.hotplate.reports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import redis.clients.jedis.UnifiedJedis;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.connection.MonitoredRedisConnectionFactory;
import io.github.hotplate.execution.CrossSlotException;
import io.github.hotplate.subscription.SubscriptionUsage;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Shard channels are where their slot is.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class ShardChannelIntegrationTests {

	private static final List<String> CHANNELS = IntStream.range(0, 12).mapToObj((i) -> "channel:" + i).toList();

	private static EmbeddedRedisCluster cluster;

	private TestClient client;

	private MonitoredRedisConnectionFactory sharded;

	private StringRedisTemplate publisher;

	@BeforeEach
	void start() {
		this.client = TestClient.start(cluster.url());
		this.sharded = ((MonitoredRedisConnectionFactory) this.client.redis().getRequiredConnectionFactory())
			.forShardChannels();
		this.publisher = new StringRedisTemplate(this.sharded);
	}

	@AfterEach
	void stop() {
		this.client.close();
		cluster.awaitHealthy();
	}

	@Test
	@Report("SSUBSCRIBE and SPUBLISH")
	void messagesArriveOverAllShards() {
		try (Listening listening = Listening.to(this.sharded, channels())) {
			CHANNELS.forEach((channel) -> assertThat(this.publisher.convertAndSend(channel, "hello")).isEqualTo(1));
			Awaitility.await()
				.untilAsserted(() -> assertThat(listening.heard()).containsExactlyInAnyOrderElementsOf(
						CHANNELS.stream().map((channel) -> channel + " hello").toList()));
			assertThat(usage(this.client).connections()).isEqualTo(3);
		}
	}

	@Test
	void publishedByNameArrives() {
		try (Listening listening = Listening.to(this.sharded, ChannelTopic.of("channel:1"))) {
			Object receivers = this.client.redis()
				.execute((RedisCallback<Object>) (connection) -> connection.execute("SPUBLISH", bytes("channel:1"),
						bytes("hello")));
			assertThat(receivers).isEqualTo(1L);
			Awaitility.await().untilAsserted(() -> assertThat(listening.heard()).containsExactly("channel:1 hello"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUBLISH", "publish" })
	@Report("SSUBSCRIBE and SPUBLISH")
	void publishedByNameArrivesHoweverItIsSent(String name) {
		try (Listening listening = Listening.to(this.sharded, channels())) {
			publish((connection) -> connection.execute(name, bytes("channel:1"), bytes("alone")));
			publish((connection) -> {
				connection.openPipeline();
				connection.execute(name, bytes("channel:1"), bytes("pipeline"));
				connection.execute(name, bytes("channel:2"), bytes("pipeline"));
				return connection.closePipeline();
			});
			publish((connection) -> {
				connection.multi();
				connection.execute(name, bytes("channel:1"), bytes("transaction"));
				return connection.exec();
			});
			publish((connection) -> {
				connection.watch(bytes("{channel:1}:key"));
				connection.multi();
				connection.execute("SET", bytes("{channel:1}:key"), bytes("x"));
				connection.execute(name, bytes("channel:1"), bytes("watched"));
				return connection.exec();
			});
			publish((connection) -> {
				connection.watch(bytes("{channel:1}:key"));
				connection.execute(name, bytes("channel:2"), bytes("watching"));
				connection.unwatch();
				return null;
			});
			publish((connection) -> ((UnifiedJedis) connection.getNativeConnection()).sendCommand(() -> bytes(name),
					bytes("channel:1"), bytes("native")));
			Awaitility.await()
				.untilAsserted(() -> assertThat(listening.heard()).containsExactlyInAnyOrder("channel:1 alone",
						"channel:1 pipeline", "channel:2 pipeline", "channel:1 transaction", "channel:1 watched",
						"channel:2 watching", "channel:1 native"));
		}
	}

	@Test
	@Report("SSUBSCRIBE and SPUBLISH")
	void transactionOfOtherSlotIsRefused() {
		assertThatExceptionOfType(CrossSlotException.class).isThrownBy(() -> publish((connection) -> {
			connection.multi();
			connection.execute("SET", bytes("key"), bytes("x"));
			connection.execute("PUBLISH", bytes("channel:1"), bytes("lost"));
			return connection.exec();
		})).withMessageContaining("'channel:1'");
	}

	private void publish(RedisCallback<Object> call) {
		this.publisher.execute(call);
	}

	@Test
	void ordinaryChannelOfSameNameIsAnotherChannel() {
		try (Listening listening = Listening.to(this.sharded, ChannelTopic.of("channel:1"))) {
			this.client.redis().convertAndSend("channel:1", "for others");
			listening.untilHeard(this.publisher, "channel:1");
			assertThat(listening.heard()).doesNotContain("channel:1 for others");
		}
	}

	@Test
	@Report("SSUBSCRIBE and SPUBLISH")
	void followsSlotThatMoves() {
		int slot = Math.toIntExact(
				(Long) Objects.requireNonNull(cluster.nodes().get(0).execute("CLUSTER", "KEYSLOT", "channel:1")));
		RedisNode from = cluster.primaryOf("channel:1");
		RedisNode to = Stream.of(0, 8_000, 16_000)
			.map(cluster::primaryOfSlot)
			.filter((node) -> !node.equals(from))
			.findFirst()
			.orElseThrow();
		try (Listening listening = Listening.to(this.sharded, channels())) {
			listening.untilHeard(this.publisher, "channel:1");
			cluster.migrateSlots(from, to, slot, slot);
			try {
				assertThat(listening.untilHeard(this.publisher, "channel:1")).isLessThan(Duration.ofSeconds(3));
				listening.untilHeard(this.publisher, "channel:2");
				assertThat(listening.heard()).doesNotHaveDuplicates();
			}
			finally {
				cluster.migrateSlots(to, from, slot, slot);
			}
			assertThat(listening.untilHeard(this.publisher, "channel:1")).isLessThan(Duration.ofSeconds(3));
		}
	}

	@Test
	void followsOrderlyFailover() {
		RedisNode demoted = cluster.primaryOf("channel:1");
		try (Listening listening = Listening.to(this.sharded, channels())) {
			listening.untilHeard(this.publisher, "channel:1");
			cluster.failOver(cluster.replicasOf(demoted).get(0));
			listening.untilHeard(this.publisher, "channel:1");
			Awaitility.await()
				.untilAsserted(() -> assertThat((List<?>) demoted.execute("PUBSUB", "SHARDCHANNELS")).isEmpty());
			listening.untilHeard(this.publisher, "channel:1");
			assertThat(listening.heard()).doesNotHaveDuplicates();
		}
	}

	@Test
	void refusesPatterns() {
		RedisConnection connection = this.sharded.getConnection();
		assertThatExceptionOfType(InvalidDataAccessApiUsageException.class)
			.isThrownBy(() -> connection.pSubscribe((message, pattern) -> {
			}, bytes("channel:*")))
			.withMessageContaining("Shard channels have no patterns");
	}

	private static ChannelTopic[] channels() {
		return CHANNELS.stream().map(ChannelTopic::of).toArray(ChannelTopic[]::new);
	}

	private static SubscriptionUsage usage(TestClient client) {
		List<SubscriptionUsage> usages = client.pool().subscriptions();
		assertThat(usages).hasSizeLessThan(2);
		return usages.isEmpty() ? new SubscriptionUsage(0, Duration.ZERO, Duration.ZERO, 0) : usages.get(0);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
