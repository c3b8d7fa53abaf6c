package io.github.hotplate.health;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.client.ClusterPoolFactory;
import io.github.hotplate.client.Internals;
import io.github.hotplate.penalty.PenaltyBox;
import io.github.hotplate.penalty.PenaltyEvent;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to callers that wait for ejected shards.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class PenalizedShardsIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static EmbeddedRedisShards shards;

	@AfterEach
	void heal() {
		shards.awaitHealthy();
	}

	@Test
	void whoWaitsForShardThatFollowsAnotherIntoTheBoxIsLetGo() {
		Queue<PenaltyEvent> events = new ConcurrentLinkedQueue<>();
		RedisNode silent = shards.nodes().get(1);
		try (ClusterPool pool = ClusterPoolFactory
			.fromConfig(new MockEnvironment().withProperty("foo.url", shards.url())
				.withProperty("foo.mode", "sharded")
				.withProperty("foo.penalty_box.min_wait", "1 minute")
				.withProperty("foo.penalty_box.max_wait", "1 minute"), "foo.");
				Connection connection = Internals.borrow(pool, new HostAndPort(silent.host(), silent.port()))) {
			pool.onPenalty(events::add);
			connection.setTimeoutInfinite();
			silent.pause();
			try {
				CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(connection::ping);
				PenaltyBox box = pool.penaltyBox();
				assertThat(box).isNotNull();
				box.failed(0);
				// The first is noticed at once, the next right after.
				Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> !events.isEmpty());
				box.failed(1);
				assertThat(waiting).failsWithin(LONG)
					.withThrowableThat()
					.withCauseInstanceOf(JedisConnectionException.class);
			}
			finally {
				silent.resume();
			}
		}
	}

}
