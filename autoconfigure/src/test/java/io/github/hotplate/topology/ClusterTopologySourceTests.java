package io.github.hotplate.topology;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ClientConfig.PoolLimits;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.health.EjectedNodes;
import io.github.hotplate.health.SilentServer;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.NodePool;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ClusterTopologySource}.
 */
class ClusterTopologySourceTests {

	private static final Duration WAIT = Duration.ofSeconds(5);

	@Test
	void exhaustedPoolIsWaitedForOnlyForMoment() {
		try (SilentServer server = SilentServer.greeting()) {
			ConnectionPools pools = new ConnectionPools("foo", new PoolLimits(1, false), WAIT,
					DefaultJedisClientConfig.builder().clientSetInfoConfig(ClientSetInfoConfig.DISABLED).build(), false,
					new MonitoringFailures());
			List<HostAndPort> seeds = IntStream.range(1, 4).mapToObj(TestTopology::address).toList();
			EjectedNodes ejected = mock();
			ClusterTopologySource source = new ClusterTopologySource("foo", seeds, false, pools, ejected, new Random(1),
					System::nanoTime);
			try (PooledConnection taken = pools.get(server.address()).borrow(WAIT)) {
				long start = System.nanoTime();
				assertThatExceptionOfType(ClusterDownException.class).isThrownBy(() -> source.read(Topology.EMPTY))
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
		EjectedNodes ejected = mock();
		given(ejected.contains(any())).willAnswer((call) -> suspicion.nextBoolean());
		assertThatNoneAnswers(exhaustedPools(), seeds, ejected, System::nanoTime);
	}

	@Test
	void suspectNodesAreAskedLast() {
		List<HostAndPort> seeds = IntStream.rangeClosed(1, 6).mapToObj(TestTopology::address).toList();
		EjectedNodes ejected = mock();
		given(ejected.contains(seeds.get(0))).willReturn(true);
		given(ejected.contains(seeds.get(2))).willReturn(true);
		Queue<HostAndPort> asked = new ConcurrentLinkedQueue<>();
		ConnectionPools pools = exhaustedPools();
		NodePool pool = pools.get(seeds.get(0));
		given(pools.get(any())).willAnswer((call) -> {
			asked.add(call.getArgument(0));
			return pool;
		});
		// Runs backwards, so that no wait for an answer ends early on a busy machine.
		AtomicLong time = new AtomicLong();
		assertThatNoneAnswers(pools, seeds, ejected, () -> time.addAndGet(-WAIT.toNanos()));
		assertThat(asked).hasSize(6);
		// Three are asked side by side, so two others have answered before a suspect one
		// is asked.
		assertThat(asked.stream().limit(2)).doesNotContain(seeds.get(0), seeds.get(2));
	}

	private static ConnectionPools exhaustedPools() {
		NodePool pool = mock();
		given(pool.borrow(any())).willThrow(new ConnectionPoolExhaustedException("expected"));
		ConnectionPools pools = mock();
		given(pools.maxWait()).willReturn(WAIT);
		given(pools.get(any())).willReturn(pool);
		return pools;
	}

	private static void assertThatNoneAnswers(ConnectionPools pools, List<HostAndPort> seeds, EjectedNodes ejected,
			LongSupplier nanoTime) {
		ClusterTopologySource source = new ClusterTopologySource("foo", seeds, false, pools, ejected, new Random(1),
				nanoTime);
		assertThatExceptionOfType(ClusterDownException.class).isThrownBy(() -> source.read(Topology.EMPTY));
	}

}
