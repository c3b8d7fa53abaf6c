package io.github.hotplate.sentinel;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PromotionWatch}, of a real server that is a replica until it is
 * promoted by hand.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class PromotionWatchIntegrationTests {

	private static final HostAndPort FORMER = new HostAndPort("127.0.0.1", 1);

	private static final HostAndPort SENTINEL = new HostAndPort("127.0.0.1", 26379);

	private static final HostAndPort OTHER_SENTINEL = new HostAndPort("127.0.0.2", 26379);

	private static EmbeddedRedisServer server;

	private final Queue<SentinelView> promotions = new ConcurrentLinkedQueue<>();

	private final PromotionWatch watch = new PromotionWatch("foo", DefaultJedisClientConfig.builder().build(),
			this.promotions::add, new MonitoringFailures(), System::nanoTime);

	private RedisNode replica;

	@BeforeEach
	void demote() {
		this.replica = server.nodes().get(0);
		this.replica.execute("REPLICAOF", "127.0.0.1", "1");
		this.replica.execute("CONFIG", "RESETSTAT");
	}

	@AfterEach
	void close() {
		this.watch.close();
		await().until(() -> !isThreadAlive());
		this.replica.execute("REPLICAOF", "NO", "ONE");
	}

	@Test
	void tellsOnceThatReplicaIsPromoted() {
		SentinelView view = promotion(Duration.ofMinutes(1));
		this.watch.watch(view);
		await().until(() -> questions() > 3);
		assertThat(this.promotions).isEmpty();
		promote();
		await().until(() -> !isThreadAlive());
		assertThat(this.promotions).containsExactly(view);
		this.watch.watch(promotion(Duration.ofMinutes(1)));
		assertThat(isThreadAlive()).isFalse();
	}

	@Test
	void survivesThatConnectionsAreClosedAtPromotion() {
		this.watch.watch(promotion(Duration.ofMinutes(1)));
		await().until(() -> questions() > 3);
		this.replica.execute("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
		promote();
		await().until(() -> this.promotions.size() == 1);
	}

	@Test
	void asksReplicaThatCannotBeReachedUntilItCan() {
		this.replica.kill();
		this.watch.watch(promotion(Duration.ofMinutes(1)));
		this.replica.restart();
		await().until(() -> this.promotions.size() == 1);
	}

	@Test
	void endsWhenItsSentinelGivesUp() {
		this.watch.watch(promotion(Duration.ofMinutes(1)));
		await().until(() -> questions() > 3);
		this.watch.watch(view(OTHER_SENTINEL, null, Duration.ofMinutes(1)));
		assertThat(isThreadAlive()).isTrue();
		this.watch.watch(view(SENTINEL, null, Duration.ofMinutes(1)));
		await().until(() -> !isThreadAlive());
		promote();
		assertThat(this.promotions).isEmpty();
	}

	@Test
	void endsWhenSentinelsTimeIsOver() {
		this.watch.watch(promotion(Duration.ofMillis(50)));
		await().until(() -> !isThreadAlive());
		assertThat(this.promotions).isEmpty();
		this.watch.watch(promotion(Duration.ofMillis(50)));
		assertThat(isThreadAlive()).isFalse();
	}

	@Test
	void turnsToNextPromotion() {
		this.watch.watch(new SentinelView(SENTINEL, FORMER, 1, false, false, new HostAndPort("127.0.0.1", 2),
				Duration.ofMinutes(1), List.of(), List.of()));
		assertThat(isThreadAlive()).isTrue();
		promote();
		SentinelView view = promotion(Duration.ofMinutes(1));
		this.watch.watch(view);
		await().until(() -> this.promotions.contains(view));
	}

	@Test
	void endsWhereReplicaMayNotBeAsked() {
		this.replica.execute("ACL", "SETUSER", "norole", "on", ">s3cret", "~*", "+@all", "-role");
		try (PromotionWatch forbidden = new PromotionWatch("foo",
				DefaultJedisClientConfig.builder().user("norole").password("s3cret").build(), this.promotions::add,
				new MonitoringFailures(), System::nanoTime)) {
			promote();
			forbidden.watch(promotion(Duration.ofMinutes(1)));
			await().until(() -> !isThreadAlive());
			assertThat(this.promotions).isEmpty();
		}
	}

	@Test
	void nothingIsWatchedAfterClose() {
		this.watch.close();
		this.watch.watch(promotion(Duration.ofMinutes(1)));
		assertThat(isThreadAlive()).isFalse();
	}

	private void promote() {
		this.replica.execute("REPLICAOF", "NO", "ONE");
	}

	private long questions() {
		String stats = String.valueOf(this.replica.execute("INFO", "commandstats"));
		return stats.lines()
			.filter((line) -> line.startsWith("cmdstat_role:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("cmdstat_role:calls=(\\d+).*", "$1")))
			.sum();
	}

	private SentinelView promotion(Duration failoverTimeout) {
		return view(SENTINEL, SentinelClient.address(this.replica), failoverTimeout);
	}

	private static SentinelView view(HostAndPort sentinel, @Nullable HostAndPort promoted, Duration failoverTimeout) {
		return new SentinelView(sentinel, FORMER, 1, false, false, promoted, failoverTimeout, List.of(), List.of());
	}

	private static boolean isThreadAlive() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().equals("hotplate-foo-promotion"));
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
	}

}
