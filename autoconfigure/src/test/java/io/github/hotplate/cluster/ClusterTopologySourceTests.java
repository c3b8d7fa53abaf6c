package io.github.hotplate.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ClientConfig.PoolLimits;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ClusterTopologySource}.
 */
class ClusterTopologySourceTests {

	private static final Duration WAIT = Duration.ofSeconds(5);

	@Test
	void exhaustedPoolIsWaitedForOnlyForMoment() {
		try (SilentServer server = SilentServer.start()) {
			ConnectionPools pools = new ConnectionPools("foo", new PoolLimits(1, false), WAIT,
					DefaultJedisClientConfig.builder().clientSetInfoConfig(ClientSetInfoConfig.DISABLED).build(),
					false);
			List<HostAndPort> seeds = IntStream.range(1, 4).mapToObj(TestTopology::address).toList();
			NodeHealth health = new NodeHealth("foo", pools, () -> ClusterTopology.EMPTY, null);
			ClusterTopologySource source = new ClusterTopologySource("foo", seeds, false, pools, health);
			try (PooledConnection taken = pools.get(server.address()).borrow(WAIT)) {
				long start = System.nanoTime();
				assertThatExceptionOfType(ClusterDownException.class)
					.isThrownBy(() -> source.read(ClusterTopology.EMPTY))
					.withCauseInstanceOf(ConnectionPoolExhaustedException.class)
					.satisfies((ex) -> assertThat(ex.getSuppressed()).hasSize(3));
				assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WAIT.dividedBy(2));
				assertThat(taken.isConnected()).isTrue();
			}
		}
	}

	@Test
	void nodesThatBecomeSuspectWhileOthersAreChosenDoNoHarm() {
		Random suspicion = new Random(1);
		List<HostAndPort> seeds = IntStream.rangeClosed(1, 1_000).mapToObj(TestTopology::address).toList();
		NodeHealth health = mock();
		given(health.isSuspect(any())).willAnswer((call) -> suspicion.nextBoolean());
		assertThatNoneAnswers(exhaustedPools(), seeds, health);
	}

	@Test
	void suspectNodesAreAskedLast() {
		List<HostAndPort> seeds = IntStream.rangeClosed(1, 3).mapToObj(TestTopology::address).toList();
		NodeHealth health = mock();
		given(health.isSuspect(seeds.get(0))).willReturn(true);
		ConnectionPools pools = exhaustedPools();
		assertThatNoneAnswers(pools, seeds, health);
		InOrder order = inOrder(pools);
		then(pools).should(order).get(seeds.get(1));
		then(pools).should(order).get(seeds.get(2));
		then(pools).should(order).get(seeds.get(0));
	}

	private static ConnectionPools exhaustedPools() {
		NodePool pool = mock();
		given(pool.borrow(any())).willThrow(new ConnectionPoolExhaustedException("expected"));
		ConnectionPools pools = mock();
		given(pools.maxWait()).willReturn(WAIT);
		given(pools.get(any())).willReturn(pool);
		return pools;
	}

	private static void assertThatNoneAnswers(ConnectionPools pools, List<HostAndPort> seeds, NodeHealth health) {
		ClusterTopologySource source = new ClusterTopologySource("foo", seeds, false, pools, health);
		assertThatExceptionOfType(ClusterDownException.class).isThrownBy(() -> source.read(ClusterTopology.EMPTY));
	}

}
