package io.github.hotplate.routing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A caller that waits for a silent primary goes on when another has taken its place, and
 * not only after a time-out.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class GivenUpNodeIntegrationTests {

	private static final String KEY = "a";

	/**
	 * Longer than any failover takes, shorter than the time-outs.
	 */
	private static final Duration SOON = Duration.ofSeconds(60);

	private static final String[] PATIENT = { "socket_timeout=10m", "topology_refresh_period=200ms",
			"retry.deadline=5m" };

	private static final Executor THREADS = (task) -> new Thread(task, "waiting").start();

	private static EmbeddedRedisCluster cluster;

	@AfterEach
	void heal() {
		cluster.awaitHealthy();
	}

	@Test
	void callersThatWaitForSilentPrimaryGoOnWhenItIsReplaced() {
		RedisNode primary = cluster.primaryOf(KEY);
		try (TestClient client = TestClient.start(cluster.url(), PATIENT)) {
			StringRedisTemplate redis = client.redis();
			redis.opsForValue().set(KEY, "1");
			CompletableFuture<String> blocked = CompletableFuture
				.supplyAsync(() -> redis.opsForList().leftPop("{" + KEY + "}queue", Duration.ZERO), THREADS);
			Awaitility.await()
				.until(() -> String.valueOf(primary.execute("INFO", "clients")).contains("blocked_clients:1"));
			primary.pause();
			CompletableFuture<Void> largeWrite = CompletableFuture
				.runAsync(() -> redis.opsForValue().set("{" + KEY + "}large", "x".repeat(64 << 20)), THREADS);
			CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> redis.opsForValue().get(KEY), THREADS);
			assertThat(blocked).failsWithin(SOON)
				.withThrowableThat()
				.withCauseInstanceOf(AmbiguousExecutionException.class);
			assertThat(largeWrite).succeedsWithin(SOON);
			assertThat(read).succeedsWithin(SOON).isEqualTo("1");
		}
	}

	@Test
	void primaryThatHandsOverAnswersForItself() {
		RedisNode primary = cluster.primaryOf(KEY);
		try (TestClient client = TestClient.start(cluster.url(), PATIENT)) {
			Load load = Load.start(() -> client.redis().opsForValue().increment("{" + KEY + "}count"));
			try (load) {
				cluster.failOver(cluster.replicasOf(primary).get(0));
				load.awaitCalls();
			}
			assertThat(load.failures()).isEmpty();
		}
	}

}
