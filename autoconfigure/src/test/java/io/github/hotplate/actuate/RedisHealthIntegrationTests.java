package io.github.hotplate.actuate;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.reports.Report;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientHealth} when part of a cluster, or all of it, is lost for good:
 * there are no replicas.
 */
class RedisHealthIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration GRACE = Duration.ofMillis(500);

	private static EmbeddedRedisCluster cluster;

	private TestClient client;

	@BeforeAll
	static void startCluster() {
		cluster = EmbeddedRedisCluster.builder().replicasPerPrimary(0).start();
	}

	@AfterAll
	static void stopCluster() {
		cluster.close();
	}

	@BeforeEach
	void start() {
		// A command to a frozen server takes longer than the tests.
		this.client = TestClient.start(cluster.url(), "retry.max_attempts=1", "retry.cluster_down_retry_attempts=0",
				"socket_timeout=60s");
	}

	@AfterEach
	void heal() {
		this.client.close();
		cluster.awaitHealthy();
	}

	@Test
	void clusterThatServesPartOfItsSlotsIsUp() {
		requireFullCoverage("no");
		killPrimary();
		awaitDetail("leftOut", Map.of());
		Awaitility.await().during(GRACE.multipliedBy(3)).atMost(LONG).until(() -> health().up());
		Map<String, Object> details = health().details();
		assertThat(details).containsEntry("nodes", 3).containsEntry("inUse", 2).doesNotContainKey("outage");
		assertThat(details.get("uncoveredSlots")).asString().matches("546[12]");
	}

	@Test
	@Report("spring-boot #27300")
	void clusterThatRefusesAllCommandsIsDownAfterWhileAndUpAgain() {
		requireFullCoverage("yes");
		RedisNode dead = killPrimary();
		awaitDetail("outage", null);
		// Nobody has to send a command from here on.
		Awaitility.await().atMost(LONG).until(() -> !health().up());
		assertThat(health().details()).containsEntry("inUse", 2);
		dead.restart();
		cluster.awaitHealthy();
		Awaitility.await().atMost(LONG).until(() -> health().up());
		assertThat(health().details()).doesNotContainKey("outage");
	}

	@Test
	void frozenClusterIsAnsweredForAtOnce() {
		cluster.nodes().forEach(RedisNode::pause);
		Awaitility.await().atMost(LONG).until(() -> {
			long asked = System.nanoTime();
			boolean up = health().up();
			assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
			return !up;
		});
		cluster.nodes().forEach(RedisNode::resume);
		Awaitility.await().atMost(LONG).until(() -> health().up());
	}

	private static void requireFullCoverage(String value) {
		cluster.nodes().forEach((node) -> node.execute("CONFIG", "SET", "cluster-require-full-coverage", value));
	}

	private static RedisNode killPrimary() {
		RedisNode primary = cluster.primaryOf("a");
		primary.kill();
		return primary;
	}

	private void awaitDetail(String detail, @Nullable Object absent) {
		Awaitility.await().atMost(LONG).untilAsserted(() -> {
			Stream.of("a", "b", "c").forEach(this::call);
			assertThat(health().details().get(detail)).isNotEqualTo(absent);
		});
	}

	private void call(String key) {
		try {
			this.client.redis().opsForValue().get(key);
		}
		catch (DataAccessException ex) {
			assertThat(ex).isNotNull();
		}
	}

	private ClientHealth health() {
		return ClientHealth.of(this.client.pool(), GRACE);
	}

}
