package io.github.hotplate.contract;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.actuate.HotKeysEndpoint;
import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.hotkey.HotKey;
import io.github.hotplate.hotkey.HotKeyReport;
import io.github.hotplate.sharding.ShardedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Clients of all modes in one application.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SeveralClientsIntegrationTests {

	private static final List<String> NAMES = List.of("grid", "queue", "cache", "parts");

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisSentinel group;

	private static EmbeddedRedisServer server;

	private static EmbeddedRedisShards shards;

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final WebApplicationContextRunner contextRunner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
		.withBean(MeterRegistry.class, () -> this.registry)
		.withBean(Clients.class)
		.withPropertyValues("grid.url=" + cluster.url(), "queue.url=" + group.url(), "cache.url=" + server.url() + "/2",
				"cache.mode=standalone", "parts.url=" + shards.url(), "parts.mode=sharded",
				"management.endpoints.web.exposure.include=hotkeys")
		.withPropertyValues(NAMES.stream()
			.flatMap((name) -> Stream.of(name + ".client_name=the " + name, name + ".track_key_reads_sample_rate=1",
					name + ".hot_keys.flush_interval=1 hour"))
			.toArray(String[]::new));

	@Test
	void eachIsInjectedByNameAndHasItsOwnServers() {
		this.contextRunner.run((context) -> {
			Clients clients = context.getBean(Clients.class);
			clients.all().forEach((name, redis) -> redis.opsForValue().set("owner", name));
			clients.all().forEach((name, redis) -> assertThat(redis.opsForValue().get("owner")).isEqualTo(name));
			assertThat(context.getBeansOfType(ClusterPool.class)).containsOnlyKeys("gridPool", "queuePool", "cachePool",
					"partsPool");
			assertThat(clients.partsShards().getClient("owner").opsForValue().get("owner")).isEqualTo("parts");
		});
	}

	@Test
	void eachHasItsOwnMeters() {
		this.contextRunner.run((context) -> {
			Clients clients = context.getBean(Clients.class);
			clients.all().values().forEach((redis) -> redis.opsForValue().set("key", "x"));
			clients.cache().opsForValue().set("key", "y");
			assertThat(sets("the grid", "cluster", "0")).isOne();
			assertThat(sets("the queue", "sentinel", "0")).isOne();
			assertThat(sets("the cache", "standalone", "2")).isEqualTo(2);
			assertThat(sets("the parts", "sharded", "0")).isOne();
			assertThat(tags(this.registry.find("redis.client.pool.max.size"), "redis_pool"))
				.containsExactlyInAnyOrderElementsOf(NAMES);
			assertThat(tags(this.registry.find("redis.client.penalty.box"), "redis_pool")).containsOnly("parts");
		});
		assertThat(this.registry.getMeters()).isEmpty();
	}

	private double sets(String client, String type, String database) {
		return this.registry.get("redis.client.requests")
			.tags("redis_client_name", client, "redis_command", "set", "redis_type", type, "redis_database", database,
					"redis_success", "true")
			.counter()
			.count();
	}

	private static List<String> tags(Search search, String key) {
		Collection<Meter> meters = search.meters();
		return meters.stream().map((meter) -> meter.getId().getTag(key)).distinct().toList();
	}

	@Test
	void eachHasItsOwnHotKeysInTheEndpoint() {
		this.contextRunner.run((context) -> {
			context.getBean(Clients.class).all().forEach((name, redis) -> redis.opsForValue().get("hot:" + name));
			HotKeysEndpoint endpoint = context.getBean(HotKeysEndpoint.class);
			assertThat(endpoint.hotKeys(10)).containsOnlyKeys(NAMES);
			assertThat(NAMES).allSatisfy((name) -> assertThat(keys(endpoint, name)).containsExactly("hot:" + name));
			endpoint.changeSampleRates("cache", 0.0, null);
			endpoint.resetClient("queue");
			context.getBean(Clients.class).all().forEach((name, redis) -> redis.opsForValue().get("hot:" + name));
			assertThat(counts(endpoint)).isEqualTo(Map.of("grid", 2L, "queue", 1L, "cache", 1L, "parts", 2L));
			assertThat(endpoint.changeSampleRates("parts", null, null)).isEqualTo(new SampleRates(1, 0));
		});
	}

	private static List<String> keys(HotKeysEndpoint endpoint, String client) {
		return report(endpoint, client).reads().now().stream().map(HotKey::key).toList();
	}

	private static Map<String, Long> counts(HotKeysEndpoint endpoint) {
		return NAMES.stream()
			.collect(Collectors.toMap((name) -> name,
					(name) -> report(endpoint, name).reads().sinceReset().get(0).count()));
	}

	private static HotKeyReport report(HotKeysEndpoint endpoint, String client) {
		return Objects.requireNonNull(endpoint.hotKeysOfClient(client, 10));
	}

	@Test
	void eachHasItsOwnHealth() {
		this.contextRunner.run((context) -> {
			HealthIndicator health = context.getBean(HealthIndicator.class);
			assertThat(Objects.requireNonNull(health.health()).getDetails()).containsOnlyKeys(NAMES);
			assertThat(Objects.requireNonNull(health.health()).getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void closingOneLeavesTheOthersAlone() {
		this.contextRunner.run((context) -> {
			Clients clients = context.getBean(Clients.class);
			for (String closed : NAMES) {
				close(closed, context);
				assertThatExceptionOfType(DataAccessException.class)
					.isThrownBy(() -> clients.all().get(closed).opsForValue().get("left"));
				List<String> left = NAMES.subList(NAMES.indexOf(closed) + 1, NAMES.size());
				assertThat(left).allSatisfy((name) -> {
					StringRedisTemplate redis = clients.all().get(name);
					redis.opsForValue().set("left", closed);
					assertThat(redis.opsForValue().get("left")).isEqualTo(closed);
				});
				Awaitility.await()
					.untilAsserted(() -> assertThat(clientsWithThreads()).doesNotContain(closed).containsAll(left));
			}
		});
	}

	private static void close(String client, BeanFactory beans) {
		beans.getBean(client + "Pool", ClusterPool.class).close();
	}

	// Threads of other tests' clients have other names.
	private static Set<String> clientsWithThreads() {
		Set<String> threads = Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.collect(Collectors.toSet());
		return NAMES.stream()
			.filter((name) -> threads.contains("hotplate-" + name + "-topology"))
			.collect(Collectors.toSet());
	}

	/**
	 * What an application injects.
	 */
	record Clients(StringRedisTemplate grid, StringRedisTemplate queue, StringRedisTemplate cache,
			StringRedisTemplate parts, ShardedRedisCluster partsShards) {

		Map<String, StringRedisTemplate> all() {
			return Map.of("grid", this.grid, "queue", this.queue, "cache", this.cache, "parts", this.parts);
		}

	}

}
