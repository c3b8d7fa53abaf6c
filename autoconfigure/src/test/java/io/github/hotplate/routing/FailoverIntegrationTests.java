package io.github.hotplate.routing;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

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
 * Commands go on while primaries die, pause and hand over: a failover is a pause that
 * ends when a replica is promoted.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class FailoverIntegrationTests {

	/**
	 * How long after the promotion a call may end that waited for it. Clients find the
	 * promoted replica within 200 ms, as the benchmark shows; the rest is for machines
	 * that do much else.
	 */
	private static final Duration MARGIN = Duration.ofSeconds(3);

	private static final long MANY = 100;

	private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(2);

	/**
	 * One key for each primary.
	 */
	private static final String[] KEYS = { "a", "b", "c" };

	private static EmbeddedRedisCluster cluster;

	@AfterEach
	void heal() {
		requireFullCoverage(true);
		cluster.awaitHealthy();
	}

	@Test
	void deathsOfSeedAndOfAnotherPrimaryArePauses() {
		RedisNode seed = cluster.primaryOf(KEYS[0]);
		try (TestClient client = TestClient.start("redis://" + seed); Load load = load(client)) {
			Duration first = awaitPromotion(seed, seed::kill);
			load.awaitCalls();
			RedisNode other = cluster.primaryOf(KEYS[1]);
			Duration second = awaitPromotion(other, other::kill);
			load.awaitCalls();
			Duration longer = (first.compareTo(second) > 0) ? first : second;
			assertThat(load.failures()).isEmpty();
			assertThat(load.longestCall(0)).isBetween(Duration.ofMillis(500), longer.plus(MARGIN));
			assertThat(load.longestCall(1)).isBetween(Duration.ofMillis(500), longer.plus(MARGIN));
			assertThat(load.longestCall(2)).isLessThan(longer.plus(MARGIN));
			assertThat(client.slowCalls().list()).anySatisfy((call) -> {
				assertThat(call.totalMillis()).isGreaterThanOrEqualTo(500);
				assertThat(call.retriesMillis()).isGreaterThan(call.totalMillis() / 2);
				assertThat(call.retries()).isPositive();
				assertThat(call.error()).isNull();
			});
		}
	}

	@Test
	void deathOfPrimaryDoesNotConcernOthersWithoutFullCoverage() {
		requireFullCoverage(false);
		RedisNode primary = cluster.primaryOf(KEYS[0]);
		try (TestClient client = TestClient.start(cluster.url()); Load load = load(client)) {
			NodeStatistics.reset(cluster.nodes());
			long[] before = new long[2];
			Duration promotion = awaitPromotion(primary, () -> {
				primary.kill();
				Arrays.setAll(before, (i) -> load.calls(i + 1));
			});
			// A caller that waits for the promotion would make one call at most.
			assertThat(load.calls(1) - before[0]).isGreaterThan(MANY);
			assertThat(load.calls(2) - before[1]).isGreaterThan(MANY);
			List<RedisNode> survivors = cluster.nodes().stream().filter(RedisNode::isRunning).toList();
			assertThat(NodeStatistics.errors(survivors, "CLUSTERDOWN")).isZero();
			load.awaitCalls();
			assertThat(load.failures()).isEmpty();
			assertThat(load.longestCall(0)).isBetween(Duration.ofMillis(500), promotion.plus(MARGIN));
		}
	}

	@Test
	void pausedPrimaryIsPause() {
		RedisNode primary = cluster.primaryOf(KEYS[0]);
		try (TestClient client = TestClient.start(cluster.url(), "socket_timeout=" + SOCKET_TIMEOUT);
				Load load = load(client)) {
			Duration promotion = awaitPromotion(primary, primary::pause);
			load.awaitCalls();
			Duration longer = (promotion.compareTo(SOCKET_TIMEOUT) > 0) ? promotion : SOCKET_TIMEOUT;
			assertThat(load.failures()).isEmpty();
			assertThat(load.longestCall(0)).isBetween(Duration.ofMillis(500), longer.plus(MARGIN));
		}
	}

	@Test
	void handOverIsHardlyNoticed() {
		// Where no replica has stood for election yet: one that has may let a hand-over
		// come to nothing, after its primary has held all writes for five seconds.
		try (EmbeddedRedisCluster fresh = EmbeddedRedisCluster.builder().build()) {
			fresh.start();
			try (TestClient client = TestClient.start(fresh.url()); Load load = load(client)) {
				fresh.failOver(fresh.replicasOf(fresh.primaryOf(KEYS[0])).get(0));
				load.awaitCalls();
				assertThat(load.failures()).isEmpty();
				assertThat(load.longestCall(0)).isLessThan(MARGIN);
			}
		}
	}

	private static Load load(TestClient client) {
		return Load.start(writeAndRead(client, KEYS[0]), writeAndRead(client, KEYS[1]), writeAndRead(client, KEYS[2]));
	}

	private static Runnable writeAndRead(TestClient client, String key) {
		StringRedisTemplate redis = client.redis();
		return () -> {
			long value = System.nanoTime();
			redis.opsForValue().set(key, String.valueOf(value));
			// A primary may die before its replica has the newest value.
			assertThat(redis.opsForValue().get(key)).asLong().isLessThanOrEqualTo(value);
		};
	}

	/**
	 * Bring trouble over a primary and measure how long it takes until a replica is
	 * promoted.
	 */
	private static Duration awaitPromotion(RedisNode primary, Runnable trouble) {
		RedisNode replica = cluster.replicasOf(primary).get(0);
		long start = System.nanoTime();
		trouble.run();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> ((List<?>) replica.execute("ROLE")).get(0).equals("master"));
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private static void requireFullCoverage(boolean required) {
		cluster.nodes()
			.stream()
			.filter(RedisNode::isRunning)
			.forEach((node) -> node.execute("CONFIG", "SET", "cluster-require-full-coverage", required ? "yes" : "no"));
	}

}
