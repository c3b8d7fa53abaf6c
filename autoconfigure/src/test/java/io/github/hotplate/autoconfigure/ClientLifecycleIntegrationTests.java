package io.github.hotplate.autoconfigure;

import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What clients share, and what is left of them when their application has ended.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class ClientLifecycleIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
		.withBean(MeterRegistry.class, () -> this.registry)
		.withPropertyValues("foo.url=" + cluster.url());

	@Test
	void clientsWithoutNameAreMeasuredTogetherAndPooledApart() {
		this.contextRunner.withPropertyValues("bar.url=" + cluster.url(), "bar.max_connections=7").run((context) -> {
			context.getBean("foo", StringRedisTemplate.class).opsForValue().get("a");
			context.getBean("bar", StringRedisTemplate.class).opsForValue().get("a");
			assertThat(requests("")).isEqualTo(2);
			assertThat(poolSize("foo")).isEqualTo(50);
			assertThat(poolSize("bar")).isEqualTo(7);
		});
	}

	@Test
	void namedClientsAreMeasuredApart() {
		this.contextRunner.withPropertyValues("bar.url=" + cluster.url(), "bar.client_name=other").run((context) -> {
			context.getBean("foo", StringRedisTemplate.class).opsForValue().get("a");
			context.getBean("bar", StringRedisTemplate.class).opsForValue().get("a");
			assertThat(requests("")).isOne();
			assertThat(requests("other")).isOne();
		});
	}

	@Test
	void metersEndWithTheApplication() {
		for (int i = 0; i < 2; i++) {
			this.contextRunner
				.withPropertyValues("hotplate.metrics.convention=baseplate, opentelemetry",
						"foo.track_key_reads_sample_rate=1")
				.run((context) -> {
					StringRedisTemplate redis = context.getBean("foo", StringRedisTemplate.class);
					redis.opsForValue().set("text", "x");
					assertThatExceptionOfType(DataAccessException.class)
						.isThrownBy(() -> redis.opsForList().size("text"));
					assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
						.contains("redis.client.pool.use", "redis.client.hot.key.share",
								"db.client.connection.use_time");
				});
			assertThat(this.registry.getMeters()).isEmpty();
		}
	}

	@Test
	void connectionsAndThreadsEndWithTheApplication() {
		AtomicReference<ClusterPool> pool = new AtomicReference<>();
		this.contextRunner.withPropertyValues("mortal.url=" + cluster.url()).run((context) -> {
			context.getBean("mortal", StringRedisTemplate.class).opsForValue().get("a");
			pool.set(context.getBean("mortalPool", ClusterPool.class));
			assertThat(pool.get().totalUsage().idle()).isPositive();
			assertThat(threadsOfMortal()).isPositive();
		});
		assertThat(pool.get().totalUsage().idle()).isZero();
		Awaitility.await().untilAsserted(() -> assertThat(threadsOfMortal()).isZero());
	}

	private double requests(String clientName) {
		return this.registry.get("redis.client.requests")
			.tags("redis_client_name", clientName, "redis_command", "get", "redis_success", "true")
			.counter()
			.count();
	}

	private double poolSize(String pool) {
		return this.registry.get("redis.client.pool.max.size").tag("redis_pool", pool).gauge().value();
	}

	private static long threadsOfMortal() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("hotplate-mortal"))
			.count();
	}

}
