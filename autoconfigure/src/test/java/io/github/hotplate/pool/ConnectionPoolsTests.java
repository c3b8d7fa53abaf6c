package io.github.hotplate.pool;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.MockedConstruction;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;

import io.github.hotplate.config.ClientConfig.PoolLimits;
import io.github.hotplate.execution.ClientClosedException;
import io.github.hotplate.execution.ConnectionPoolExhaustedException;
import io.github.hotplate.health.SilentServer;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.topology.TestTopology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mockConstruction;

/**
 * Tests for {@link ConnectionPools}.
 */
class ConnectionPoolsTests {

	private static final Duration WAIT = Duration.ofMillis(50);

	private final List<SilentServer> servers = List.of(SilentServer.greeting(), SilentServer.greeting(),
			SilentServer.greeting());

	private final HostAndPort a = this.servers.get(0).address();

	private final HostAndPort b = this.servers.get(1).address();

	private final AtomicInteger inUse = new AtomicInteger();

	@AfterEach
	void close() {
		this.servers.forEach(SilentServer::close);
	}

	@Test
	void limitIsTotalOverNodes() {
		ConnectionPools pools = pools(new PoolLimits(2, false));
		borrow(pools, this.a);
		borrow(pools, this.b);
		assertThatExceptionOfType(ConnectionPoolExhaustedException.class).isThrownBy(() -> borrow(pools, this.a));
		assertThat(pools.usage()).isEqualTo(new PoolUsage(2, 0));
	}

	@Test
	void limitIsForEachNode() {
		ConnectionPools pools = pools(new PoolLimits(1, true));
		borrow(pools, this.a);
		borrow(pools, this.b);
		assertThatExceptionOfType(ConnectionPoolExhaustedException.class).isThrownBy(() -> borrow(pools, this.a));
		assertThat(pools.usage()).isEqualTo(new PoolUsage(2, 0));
	}

	@Test
	void idleConnectionGivesWayToOneOfOtherNode() {
		ConnectionPools pools = pools(new PoolLimits(1, false));
		PooledConnection idle = borrow(pools, this.a);
		idle.close();
		borrow(pools, this.b);
		assertThat(idle.isConnected()).isFalse();
		assertThat(pools.usage(this.a)).isEqualTo(new PoolUsage(0, 0));
		assertThat(pools.usage(this.b)).isEqualTo(new PoolUsage(1, 0));
	}

	@Test
	void nodeWithMostIdleConnectionsGivesWayFirst() {
		ConnectionPools pools = pools(new PoolLimits(3, false));
		List<PooledConnection> connections = List.of(borrow(pools, this.a), borrow(pools, this.b),
				borrow(pools, this.b));
		connections.forEach(PooledConnection::close);
		borrow(pools, this.servers.get(2).address());
		assertThat(pools.usage(this.a)).isEqualTo(new PoolUsage(0, 1));
		assertThat(pools.usage(this.b)).isEqualTo(new PoolUsage(0, 1));
	}

	@Test
	void nodeThatLeftLosesItsPool() {
		ConnectionPools pools = pools(new PoolLimits(2, false));
		PooledConnection idle = borrow(pools, this.a);
		PooledConnection active = borrow(pools, this.a);
		idle.close();
		pools.retain(List.of(this.b));
		assertThat(idle.isConnected()).isFalse();
		active.close();
		assertThat(active.isConnected()).isFalse();
		borrow(pools, this.b);
		borrow(pools, this.b);
		assertThat(pools.usage(this.a)).isEqualTo(new PoolUsage(0, 0));
		assertThat(pools.usage(this.b)).isEqualTo(new PoolUsage(2, 0));
	}

	@Test
	void closedPoolsLendNothing() {
		ConnectionPools pools = pools(new PoolLimits(2, false));
		PooledConnection idle = borrow(pools, this.a);
		idle.close();
		pools.close();
		assertThat(idle.isConnected()).isFalse();
		assertThatExceptionOfType(ClientClosedException.class).isThrownBy(() -> pools.get(this.a))
			.withMessageContaining("'foo' is closed");
	}

	@Test
	void poolMadeWhileOthersCloseIsClosedToo() {
		ConnectionPools pools = pools(new PoolLimits(2, false));
		try (MockedConstruction<NodePool> made = mockConstruction(NodePool.class, (pool, context) -> pools.close())) {
			assertThatExceptionOfType(ClientClosedException.class).isThrownBy(() -> pools.get(this.a))
				.withMessageContaining("'foo' is closed");
			then(made.constructed().get(0)).should().close();
			assertThat(pools.find(this.a)).isNull();
		}
	}

	@Test
	void countsThatChangeWhileOneGivesWayDoNoHarm() {
		Random counts = new Random(1);
		AtomicReference<@Nullable BooleanSupplier> evictIdle = new AtomicReference<>();
		try (MockedConstruction<NodePool> made = mockConstruction(NodePool.class, (pool, context) -> {
			given(pool.usage()).willAnswer((call) -> new PoolUsage(0, counts.nextInt(1_000)));
			evictIdle.set((BooleanSupplier) context.arguments().get(3));
		})) {
			ConnectionPools pools = pools(new PoolLimits(2, false));
			IntStream.rangeClosed(1, 1_000).mapToObj(TestTopology::address).forEach(pools::get);
			assertThat(Objects.requireNonNull(evictIdle.get()).getAsBoolean()).isFalse();
			assertThat(made.constructed()).allSatisfy((pool) -> then(pool).should().evictIdle());
		}
	}

	@Test
	void manyThreadsOnManyNodesFinishAndLeaveNothingBehind() {
		ConnectionPools pools = pools(new PoolLimits(2, false));
		CompletableFuture<?>[] threads = IntStream.range(0, 8)
			.mapToObj((seed) -> CompletableFuture.runAsync(() -> use(pools, new Random(seed)),
					(task) -> new Thread(task, "load-" + seed).start()))
			.toArray(CompletableFuture<?>[]::new);
		assertThat(CompletableFuture.allOf(threads)).succeedsWithin(Duration.ofSeconds(30));
		PoolUsage usage = pools.usage();
		assertThat(usage.active()).isZero();
		assertThat(usage.idle()).isBetween(0, 2);
		borrow(pools, this.a);
		borrow(pools, this.b);
	}

	private void use(ConnectionPools pools, Random random) {
		for (int i = 0; i < 200; i++) {
			HostAndPort node = this.servers.get(random.nextInt(this.servers.size())).address();
			try (PooledConnection connection = pools.get(node).borrow(Duration.ofSeconds(20))) {
				assertThat(this.inUse.incrementAndGet()).isLessThanOrEqualTo(2);
				if (random.nextInt(4) == 0) {
					connection.setBroken();
				}
				this.inUse.decrementAndGet();
			}
			if (random.nextInt(20) == 0) {
				pools.retain(List.of(this.a));
			}
		}
	}

	private static PooledConnection borrow(ConnectionPools pools, HostAndPort node) {
		return pools.get(node).borrow(WAIT);
	}

	private static ConnectionPools pools(PoolLimits limits) {
		JedisClientConfig config = DefaultJedisClientConfig.builder()
			.clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
			.timeoutMillis(10_000)
			.build();
		return new ConnectionPools("foo", limits, WAIT, config, false, new MonitoringFailures());
	}

}
