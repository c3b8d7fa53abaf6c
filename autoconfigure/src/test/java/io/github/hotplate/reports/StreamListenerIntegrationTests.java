package io.github.hotplate.reports;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.connection.stream.Consumer;
import org.springframework.data.redis.connection.stream.MapRecord;
import org.springframework.data.redis.connection.stream.ReadOffset;
import org.springframework.data.redis.connection.stream.StreamOffset;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.stream.StreamMessageListenerContainer;
import org.springframework.data.redis.stream.StreamMessageListenerContainer.StreamMessageListenerContainerOptions;
import org.springframework.data.redis.stream.Subscription;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A listener on a stream goes on listening while its node fails over.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class StreamListenerIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	@AfterEach
	void heal() {
		cluster.awaitHealthy();
	}

	@Test
	@Report("spring-data-redis #2833")
	void listensThroughLostConnectionsAndFailover() throws InterruptedException {
		Queue<String> heard = new ConcurrentLinkedQueue<>();
		try (TestClient client = TestClient.start(cluster.url())) {
			StringRedisTemplate redis = client.redis();
			redis.opsForStream().createGroup("orders", "group");
			StreamMessageListenerContainer<String, MapRecord<String, String, String>> container = StreamMessageListenerContainer
				.create(redis.getRequiredConnectionFactory(),
						StreamMessageListenerContainerOptions.builder().pollTimeout(Duration.ofMillis(500)).build());
			container.start();
			try {
				Subscription subscription = container.receive(Consumer.from("group", "me"),
						StreamOffset.create("orders", ReadOffset.lastConsumed()),
						(order) -> heard.add(order.getValue().get("id")));
				assertThat(subscription.await(Duration.ofSeconds(5))).isTrue();
				untilHeard(redis, heard, "before");
				RedisNode primary = cluster.primaryOf("orders");
				for (int i = 0; i < 2; i++) {
					primary.execute("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
					untilHeard(redis, heard, "after cut " + i);
				}
				cluster.failOver(cluster.replicasOf(primary).get(0));
				untilHeard(redis, heard, "after failover");
				assertThat(subscription.isActive()).isTrue();
				assertThat(heard).doesNotHaveDuplicates();
			}
			finally {
				container.stop();
			}
		}
	}

	private static void untilHeard(StringRedisTemplate redis, Queue<String> heard, String order) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> {
			redis.opsForStream().add("orders", Map.of("id", order));
			return true;
		});
		Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> heard.contains(order));
	}

}
