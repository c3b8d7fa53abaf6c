package io.github.hotplate.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.PatternTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Subscriptions hold a connection, and are measured when they begin and change.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SubscriptionIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private final Queue<String> messages = new ConcurrentLinkedQueue<>();

	private final RedisMessageListenerContainer container = new RedisMessageListenerContainer();

	private Client client;

	@BeforeEach
	void listen() {
		this.client = new Client(cluster.url(), Map.of());
		this.container.setConnectionFactory(this.client.connectionFactory());
		this.container.addMessageListener((message, pattern) -> this.messages.add(text(message.getBody())),
				new ChannelTopic("news"));
		this.container.setMaxSubscriptionRegistrationWaitingTime(Duration.ofSeconds(20).toMillis());
		this.container.afterPropertiesSet();
		this.container.start();
	}

	@AfterEach
	void stop() throws Exception {
		this.container.destroy();
		this.client.close();
	}

	@Test
	void messagesArrive() {
		assertThat(this.client.template().convertAndSend("news", "hello")).isNotNull();
		Awaitility.await().untilAsserted(() -> assertThat(this.messages).contains("hello"));
	}

	@Test
	void subscriptionHoldsConnectionUntilItEnds() {
		Awaitility.await().untilAsserted(() -> assertThat(this.client.pool().totalUsage().active()).isEqualTo(1));
		this.container.stop();
		Awaitility.await().untilAsserted(() -> assertThat(this.client.pool().totalUsage().active()).isZero());
	}

	@Test
	void everyChangeIsMeasuredOnce() {
		this.container.addMessageListener((message, pattern) -> this.messages.add(text(message.getBody())),
				List.of(new PatternTopic("new*")));
		Awaitility.await().until(SubscriptionIntegrationTests::patterns, Predicate.isEqual(1L));
		this.client.template().convertAndSend("news", "hello");
		Awaitility.await().untilAsserted(() -> assertThat(this.messages).containsExactly("hello", "hello"));
		assertThat(this.client.measured("subscribe")).isEqualTo(1);
		assertThat(this.client.measured("psubscribe")).isEqualTo(1);
		assertThat(this.client.measured("publish")).isEqualTo(1);
		assertThat(this.client.tracer().getSpans()).anyMatch((span) -> span.getName().equals("foo.SUBSCRIBE"));
	}

	private static long patterns() {
		return cluster.nodes()
			.stream()
			.map((node) -> node.execute("PUBSUB", "NUMPAT"))
			.mapToLong((count) -> (count instanceof Long number) ? number : 0)
			.sum();
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
