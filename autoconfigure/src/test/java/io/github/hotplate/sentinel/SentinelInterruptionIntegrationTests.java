package io.github.hotplate.sentinel;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPortMapper;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of questions when there are news before the answers. They come when the
 * primary is connected to.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SentinelInterruptionIntegrationTests {

	private static EmbeddedRedisSentinel redis;

	private final AtomicInteger questions = new AtomicInteger();

	private SentinelDiscovery discovery;

	@Test
	void asksAnewWhenThereAreNews() {
		assertThat(readWithNews(1).primary()).isEqualTo(SentinelClient.address(redis.primary()));
		assertThat(this.questions).hasValue(2);
	}

	@Test
	void findsPrimaryHoweverManyNewsThereAre() {
		assertThat(readWithNews(Integer.MAX_VALUE).primary()).isEqualTo(SentinelClient.address(redis.primary()));
		assertThat(this.questions).hasValueGreaterThan(2);
	}

	@Test
	void newsBetweenQuestionsChangeNothing() {
		readWithNews(0);
		this.discovery.interrupt();
		assertThat(this.discovery.read().primary()).isEqualTo(SentinelClient.address(redis.primary()));
		assertThat(this.questions).hasValue(2);
	}

	private SentinelTopology readWithNews(int news) {
		HostAndPortMapper mapper = (address) -> {
			if (this.questions.getAndIncrement() < news) {
				this.discovery.interrupt();
			}
			return address;
		};
		ClientConfig client = SentinelClient.config(redis.url());
		JedisClientConfig sentinels = DefaultJedisClientConfig.builder().build();
		JedisClientConfig roles = DefaultJedisClientConfig.builder().hostAndPortMapper(mapper).build();
		try (PromotionWatch watch = new PromotionWatch("foo", roles, (promotion) -> {
		}, new MonitoringFailures(), System::nanoTime)) {
			this.discovery = new SentinelDiscovery(client, new SentinelDirectory(client.url().seeds()), sentinels,
					roles, watch);
			return this.discovery.read();
		}
	}

}
