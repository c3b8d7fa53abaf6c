package io.github.hotplate.reports;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.PatternTopic;

import io.github.hotplate.client.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With {@code startup: warn}, listeners start without Redis in every mode.
 */
class ListenersWithoutRedisIntegrationTests {

	// No server ever listens on ports 1 and 2.
	@ParameterizedTest
	@ValueSource(strings = { "redis://127.0.0.1:1,127.0.0.1:2", "redis-sentinel://127.0.0.1:1,127.0.0.1:2/primary",
			"sharded redis://127.0.0.1:1,127.0.0.1:2" })
	@Report("spring-data-redis #2334")
	void containerStarts(String url) {
		String[] options = url.startsWith("sharded ") ? new String[] { "startup=warn", "mode=sharded" }
				: new String[] { "startup=warn" };
		try (TestClient client = TestClient.start(url.replace("sharded ", ""), options);
				Listening listening = Listening.to(client.redis().getRequiredConnectionFactory(),
						ChannelTopic.of("news"), PatternTopic.of("weather.*"))) {
			assertThat(listening.container().isListening()).isTrue();
		}
	}

}
