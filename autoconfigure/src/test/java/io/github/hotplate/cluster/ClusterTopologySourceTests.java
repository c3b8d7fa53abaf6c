package io.github.hotplate.cluster;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ClientConfig.PoolLimits;
import io.github.hotplate.execution.ClusterDownException;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

}
