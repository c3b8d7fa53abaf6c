package io.github.hotplate.reports;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callers that block hold all connections, and the client still learns of a promotion.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class HeldConnectionsIntegrationTests {

	private static final Executor THREADS = (task) -> new Thread(task, "popping").start();

	private static final Duration LONG = Duration.ofSeconds(30);

	private static EmbeddedRedisCluster cluster;

	@AfterEach
	void heal() {
		cluster.awaitHealthy();
	}

	@Test
	@Report("blocking callers on all connections")
	void promotionIsNoticedWhileAllConnectionsWait() {
		RedisNode primary = cluster.primaryOf("a");
		try (TestClient client = TestClient.start(cluster.url(), "max_connections=3", "topology_refresh_period=200ms",
				"socket_timeout=1s")) {
			StringRedisTemplate redis = client.redis();
			List<CompletableFuture<String>> pops = IntStream.range(0, 3)
				.mapToObj((i) -> CompletableFuture
					.supplyAsync(() -> redis.opsForList().leftPop("{a}queue" + i, Duration.ZERO), THREADS))
				.toList();
			Awaitility.await()
				.until(() -> String.valueOf(primary.execute("INFO", "clients")).contains("blocked_clients:3"));
			primary.pause();
			// All three end, since nobody knows what became of the pops.
			pops.forEach((pop) -> assertThat(pop).failsWithin(LONG));
			redis.opsForValue().set("a", "1");
			assertThat(cluster.primaryOf("a")).isNotEqualTo(primary);
			assertThat(client.pool().totalUsage().active() + client.pool().totalUsage().idle()).isLessThanOrEqualTo(3);
		}
	}

	@Test
	@Report("blocking callers on all connections")
	void onlyConnectionIsSharedWithClient() {
		try (TestClient client = TestClient.start(cluster.url(), "max_connections=1",
				"topology_refresh_period=100ms")) {
			StringRedisTemplate redis = client.redis();
			CompletableFuture<String> pop = CompletableFuture
				.supplyAsync(() -> redis.opsForList().leftPop("{a}only", Duration.ZERO), THREADS);
			RedisNode primary = cluster.primaryOf("a");
			Awaitility.await()
				.until(() -> String.valueOf(primary.execute("INFO", "clients")).contains("blocked_clients:1"));
			cluster.failOver(cluster.replicasOf(primary).get(0));
			cluster.primaryOf("a").execute("RPUSH", "{a}only", "element");
			assertThat(pop).succeedsWithin(LONG).isEqualTo("element");
		}
	}

}
