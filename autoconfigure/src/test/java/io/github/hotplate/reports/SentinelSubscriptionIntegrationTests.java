package io.github.hotplate.reports;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.listener.ChannelTopic;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Subscriptions follow the primary that Sentinels name.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SentinelSubscriptionIntegrationTests {

	private static EmbeddedRedisSentinel sentinel;

	@AfterEach
	void heal() {
		sentinel.awaitHealthy();
	}

	@Test
	@Report("listener behind Sentinels after a failover")
	void leavesDemotedPrimaryThatAnswers() {
		RedisNode demoted = sentinel.primary();
		try (TestClient client = TestClient.start(sentinel.url());
				Listening listening = Listening.to(client.redis().getRequiredConnectionFactory(),
						ChannelTopic.of("news"))) {
			listening.untilHeard(client.redis(), "news");
			assertThat(sentinel.failOver()).isNotEqualTo(demoted);
			Awaitility.await()
				.atMost(Duration.ofSeconds(3))
				.untilAsserted(() -> assertThat((List<?>) demoted.execute("PUBSUB", "CHANNELS", "news")).isEmpty());
			assertThat(listening.untilHeard(client.redis(), "news")).isLessThan(Duration.ofSeconds(1));
			assertThat(listening.heard()).doesNotHaveDuplicates();
		}
	}

}
