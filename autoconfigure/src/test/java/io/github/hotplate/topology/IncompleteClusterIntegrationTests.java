package io.github.hotplate.topology;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.client.ClientStartupException;
import io.github.hotplate.client.ClusterPoolFactory;
import io.github.hotplate.client.TestClient;
import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.routing.NodeStatistics;
import io.github.hotplate.routing.UnservedSlot;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A cluster in which no node serves the slot of one key.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class IncompleteClusterIntegrationTests {

	private static final String SERVED = "a";

	private static final String NOT_SERVED = "b";

	private static final String SLOT = String.valueOf(CommandKeys.slot(NOT_SERVED));

	private static final String DEADLINE = "retry.deadline=300ms";

	private static EmbeddedRedisCluster cluster;

	private UnservedSlot slot;

	@BeforeEach
	void leaveSlot() {
		this.slot = UnservedSlot.of(cluster, CommandKeys.slot(NOT_SERVED));
		NodeStatistics.reset(cluster.nodes());
	}

	@AfterEach
	void heal() {
		if (this.slot != null) {
			this.slot.close();
		}
		requireFullCoverage(true);
		cluster.awaitHealthy();
	}

	@Test
	void startsByDefaultAndServesOtherSlots() {
		requireFullCoverage(false);
		try (TestClient client = TestClient.start(cluster.url(), DEADLINE)) {
			assertThat(client.pool().topology().coveredSlots()).isEqualTo(16_383);
			client.redis().opsForValue().set(SERVED, "value");
			assertThat(client.redis().opsForValue().multiGet(List.of(SERVED, "c"))).containsExactly("value", null);
			assertIsDown(() -> client.redis().opsForValue().set(NOT_SERVED, "value"), "slot " + SLOT);
			assertIsDown(() -> client.redis().opsForValue().multiGet(List.of(SERVED, NOT_SERVED)), "slot " + SLOT);
		}
	}

	@Test
	void doesNotStartIfAllSlotsMustBeServed() {
		MockEnvironment environment = new MockEnvironment().withProperty("foo.url", cluster.url())
			.withProperty("foo.skip_full_coverage_check", "false");
		assertThatExceptionOfType(ClientStartupException.class)
			.isThrownBy(() -> ClusterPoolFactory.fromConfig(environment, "foo."))
			.withMessageContaining("Only 16383 of 16384 slots");
	}

	@Test
	void callGoesOnAsSoonAsSlotIsServed() {
		requireFullCoverage(false);
		try (TestClient client = TestClient.start(cluster.url())) {
			CompletableFuture<Void> write = CompletableFuture
				.runAsync(() -> client.redis().opsForValue().set(NOT_SERVED, "value"));
			assertThat(write).isNotDone();
			this.slot.close();
			assertThat(write).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	@Test
	void clusterThatStaysDownIsReportedAtDeadline() {
		try (TestClient client = TestClient.start(cluster.url(), DEADLINE)) {
			assertIsDown(() -> client.redis().opsForValue().set(SERVED, "value"), "CLUSTERDOWN The cluster is down");
			assertIsDown(() -> client.redis().opsForValue().multiGet(List.of(SERVED, "c")), "CLUSTERDOWN");
		}
	}

	@Test
	void clusterThatIsDownIsReportedAtOnceWithoutAttempts() {
		try (TestClient client = TestClient.start(cluster.url(), "retry.cluster_down_retry_attempts=0")) {
			assertIsDown(() -> client.redis().opsForValue().set(SERVED, "value"), "CLUSTERDOWN The cluster is down");
		}
	}

	@Test
	void callGoesOnAsSoonAsClusterIsUp() {
		try (TestClient client = TestClient.start(cluster.url())) {
			CompletableFuture<Void> write = CompletableFuture
				.runAsync(() -> client.redis().opsForValue().set(SERVED, "value"));
			assertThat(write).isNotDone();
			this.slot.close();
			assertThat(write).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	@Test
	void callThatWaitsForClusterEndsWithClient() {
		CompletableFuture<Void> write;
		try (TestClient client = TestClient.start(cluster.url())) {
			StringRedisTemplate redis = client.redis();
			write = CompletableFuture.runAsync(() -> redis.opsForValue().set(SERVED, "value"));
			Awaitility.await().until(() -> NodeStatistics.errors(cluster.nodes(), "CLUSTERDOWN") > 0);
		}
		assertThat(write).failsWithin(Duration.ofSeconds(20))
			.withThrowableOfType(ExecutionException.class)
			.withMessageContaining("'foo' is closed");
	}

	private static void assertIsDown(ThrowingCallable call, String message) {
		long start = System.nanoTime();
		assertThatExceptionOfType(ClusterDownException.class).isThrownBy(call).withMessageContaining(message);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
	}

	private static void requireFullCoverage(boolean required) {
		cluster.nodes()
			.forEach((node) -> node.execute("CONFIG", "SET", "cluster-require-full-coverage", required ? "yes" : "no"));
	}

}
