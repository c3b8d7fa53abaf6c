package io.github.hotplate.health;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

import io.github.hotplate.config.ClientConfig;
import io.github.hotplate.config.ClientConfigReader;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.penalty.PenaltyEvent;
import io.github.hotplate.penalty.PenaltyTransition;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.NodePool;
import io.github.hotplate.pool.ProbeResult;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link PenalizedShards}.
 */
class PenalizedShardsTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final RuntimeException TIMEOUT = new JedisConnectionException(new SocketTimeoutException("Read"));

	private final LoadingServer server = LoadingServer.start();

	private final HostAndPort shard = this.server.address();

	private final ClientConfig config = new ClientConfigReader(
			new MockEnvironment().withProperty("foo.url", "redis://" + this.shard)
				.withProperty("foo.mode", "sharded")
				.withProperty("foo.penalty_box.min_wait", "10 milliseconds")
				.withProperty("foo.penalty_box.max_wait", "20 milliseconds"))
		.read("foo.");

	private final ConnectionPools pools = new ConnectionPools("foo", this.config.poolLimits(), Duration.ofSeconds(1),
			DefaultJedisClientConfig.builder().clientSetInfoConfig(ClientSetInfoConfig.DISABLED).build(), false,
			new MonitoringFailures());

	private final MonitoringFailures failures = new MonitoringFailures();

	private final PenalizedShards shards = new PenalizedShards(this.config, this.pools, this.failures);

	private final Queue<PenaltyTransition> transitions = new ConcurrentLinkedQueue<>();

	PenalizedShardsTests() {
		this.shards.addListener((event) -> this.transitions.add(event.transition()));
	}

	@AfterEach
	void close() throws IOException {
		this.shards.close();
		this.pools.close();
		this.server.close();
	}

	@Test
	void shardThatLoadsItsDataStaysOut() {
		Awaitility.await().until(() -> this.pools.get(this.shard).probe() == ProbeResult.LOADING);
		this.shards.failed(this.shard, TIMEOUT);
		this.shards.awaitVerdict(this.shard);
		assertThat(this.shards.contains(this.shard)).isTrue();
		Awaitility.await().atMost(LONG).until(() -> this.transitions.contains(PenaltyTransition.STILL_DOWN));
		this.server.load();
		Awaitility.await().atMost(LONG).until(() -> !this.shards.contains(this.shard));
	}

	@Test
	void whoHearsThatShardIsOutHasLearntNothing() {
		NodeUnreachableException refusal = this.shards.refusal(this.shard);
		assertThat(refusal).hasMessageContainingAll("'foo'", this.shard.toString(), "penalty box");
		this.shards.failed(this.shard, refusal);
		assertThat(this.shards.contains(this.shard)).isFalse();
	}

	@Test
	void serverThatIsNoShardIsNobodysBusiness() {
		HostAndPort other = new HostAndPort("other", 6379);
		this.shards.failed(other, TIMEOUT);
		this.shards.answered(other);
		assertThat(this.shards.contains(other)).isFalse();
		assertThat(this.shards.box().active().activeCount()).isOne();
	}

	@Test
	void shardThatLostConnectionIsAskedAgainWhateverProbeThrows() {
		NodePool pool = mock();
		given(pool.probe()).willThrow(new NoClassDefFoundError("expected")).willReturn(ProbeResult.SILENT);
		ConnectionPools failing = mock();
		given(failing.get(this.shard)).willReturn(pool);
		try (PenalizedShards probed = new PenalizedShards(this.config, failing, this.failures)) {
			probed.failed(this.shard, new JedisConnectionException("Unexpected end of stream."));
			Awaitility.await().atMost(LONG).until(() -> probed.contains(this.shard));
		}
	}

	@Test
	void listenerThatFailsKeepsNothingFromTheNext() {
		List<PenaltyEvent> events = new CopyOnWriteArrayList<>();
		this.shards.addListener((event) -> {
			throw new IllegalStateException("staged");
		});
		this.shards.addListener(events::add);
		this.shards.failed(this.shard, TIMEOUT);
		Awaitility.await().atMost(LONG).until(() -> !events.isEmpty());
		assertThat(this.failures.count(MonitoringFailures.Part.LISTENER)).isPositive();
	}

	@Test
	void tellsForHowLongShardIsOut() {
		assertThat(this.shards.ejections()).isEmpty();
		this.shards.failed(this.shard, TIMEOUT);
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(this.shards.ejections()).hasEntrySatisfying(this.shard, (outage) -> {
				assertThat(outage.lasting()).isBetween(Duration.ofMillis(100), LONG);
				assertThat(outage.untilProbe()).isLessThan(Duration.ofMillis(25));
			}));
		this.server.load();
		Awaitility.await().atMost(LONG).until(() -> this.shards.ejections().isEmpty());
	}

}
