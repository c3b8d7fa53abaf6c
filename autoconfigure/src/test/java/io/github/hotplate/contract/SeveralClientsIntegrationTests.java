package io.github.hotplate.contract;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.cluster.ClusterPool;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of different modes in one application.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SeveralClientsIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisServer server;

	private static EmbeddedRedisSentinel group;

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
		.withBean(MeterRegistry.class, () -> this.registry)
		.withPropertyValues("grid.url=" + cluster.url(), "cache.url=" + server.url() + "/2", "cache.mode=standalone",
				"queue.url=" + group.url());

	@Test
	void eachHasItsOwnServersAndMeters() {
		this.contextRunner.run((context) -> {
			for (String name : new String[] { "grid", "cache", "queue" }) {
				StringRedisTemplate redis = context.getBean(name, StringRedisTemplate.class);
				redis.opsForValue().set("owner", name);
				assertThat(redis.opsForValue().get("owner")).isEqualTo(name);
			}
			assertThat(sets("cluster", "0")).isOne();
			assertThat(sets("standalone", "2")).isOne();
			assertThat(sets("sentinel", "0")).isOne();
			assertThat(context.getBeansOfType(ClusterPool.class)).containsOnlyKeys("gridPool", "cachePool",
					"queuePool");
		});
		assertThat(this.registry.getMeters()).isEmpty();
	}

	private double sets(String type, String database) {
		return this.registry.get("redis.client.requests")
			.tags("redis_command", "set", "redis_type", type, "redis_database", database, "redis_success", "true")
			.counter()
			.count();
	}

	@Test
	void closingOneLeavesTheOthersAlone() {
		this.contextRunner.run((context) -> {
			context.getBean("cachePool", ClusterPool.class).close();
			StringRedisTemplate queue = context.getBean("queue", StringRedisTemplate.class);
			queue.opsForValue().set("left", "x");
			assertThat(queue.opsForValue().get("left")).isEqualTo("x");
			assertThat(context.getBean("grid", StringRedisTemplate.class).hasKey("left")).isFalse();
		});
	}

}
