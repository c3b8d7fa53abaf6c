package io.github.hotplate.pool;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ClientConfig.PoolLimits;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.health.SilentServer;
import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each connection is counted once when it is opened and once when it is closed, whatever
 * closes it.
 */
class ConnectionCountsTests {

	private static final Duration WAIT = Duration.ofSeconds(20);

	private final List<SilentServer> servers = List.of(SilentServer.greeting(), SilentServer.greeting(),
			SilentServer.greeting());

	private final HostAndPort a = this.servers.get(0).address();

	private final HostAndPort b = this.servers.get(1).address();

	private final ConnectionPools pools = pools(2);

	@AfterEach
	void close() {
		this.pools.close();
		this.servers.forEach(SilentServer::close);
	}

	@Test
	void connectionThatIsUsedAgainCountsOnce() {
		borrow(this.a).close();
		borrow(this.a).close();
		assertThat(this.pools.counts()).isEqualTo(new ConnectionCounts(1, 0));
		assertThat(this.pools.counts(this.a)).isEqualTo(new ConnectionCounts(1, 0));
		assertThat(this.pools.counts(this.b)).isEqualTo(ConnectionCounts.NONE);
	}

	@Test
	void connectionThatGivesWayIsClosed() {
		borrow(this.a).close();
		borrow(this.a);
		borrow(this.b).close();
		borrow(this.a).close();
		assertThat(this.pools.counts(this.a)).isEqualTo(new ConnectionCounts(2, 0));
		assertThat(this.pools.counts(this.b)).isEqualTo(new ConnectionCounts(1, 1));
		assertThat(this.pools.counts()).isEqualTo(new ConnectionCounts(3, 1));
	}

	@Test
	void brokenConnectionIsClosedOnce() {
		PooledConnection connection = borrow(this.a);
		connection.setBroken();
		connection.close();
		connection.close();
		assertThat(this.pools.counts()).isEqualTo(new ConnectionCounts(1, 1));
	}

	@Test
	void abandonedConnectionIsClosedOnce() {
		PooledConnection connection = borrow(this.a);
		this.pools.get(this.a).abandon();
		assertThat(this.pools.counts()).isEqualTo(new ConnectionCounts(1, 1));
		connection.close();
		assertThat(this.pools.counts()).isEqualTo(new ConnectionCounts(1, 1));
	}

	@Test
	void retiredConnectionIsClosedWhenItIsReturned() {
		PooledConnection connection = borrow(this.a);
		this.pools.get(this.a).retire();
		assertThat(this.pools.counts().open()).isOne();
		connection.close();
		assertThat(this.pools.counts()).isEqualTo(new ConnectionCounts(1, 1));
	}

	@Test
	void countsOfFencedNodeGoOn() {
		PooledConnection connection = borrow(this.a);
		this.pools.fence(List.of(this.a));
		borrow(this.a).close();
		connection.close();
		assertThat(this.pools.counts(this.a)).isEqualTo(new ConnectionCounts(2, 1));
		assertThat(this.pools.counts()).isEqualTo(new ConnectionCounts(2, 1));
	}

	@Test
	void countsOfNodeThatLeftStayInTotal() {
		PooledConnection connection = borrow(this.a);
		this.pools.retain(List.of(this.b));
		connection.close();
		assertThat(this.pools.counts(this.a)).isEqualTo(ConnectionCounts.NONE);
		assertThat(this.pools.counts()).isEqualTo(new ConnectionCounts(1, 1));
	}

	@Test
	void probeIsOpenedAndClosed() {
		assertThat(this.pools.get(this.a).probe()).isNotEqualTo(ProbeResult.NOT_ASKED);
		assertThat(this.pools.counts()).isEqualTo(new ConnectionCounts(1, 1));
	}

	@Test
	void connectionThatIsRefusedWasNeverOpened() {
		this.servers.get(0).close();
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> borrow(this.a));
		assertThat(this.pools.counts()).isEqualTo(ConnectionCounts.NONE);
	}

	@Test
	void connectionWithoutAnswerIsOpenedAndClosed() {
		try (SilentServer mute = SilentServer.start()) {
			ConnectionPools impatient = pools(50, 2);
			assertThatExceptionOfType(NodeUnreachableException.class)
				.isThrownBy(() -> impatient.get(mute.address()).borrow(WAIT));
			assertThat(impatient.counts()).isEqualTo(new ConnectionCounts(1, 1));
		}
	}

	@Test
	void closedClientHasNoOpenConnections() {
		PooledConnection held = borrow(this.a);
		held.hold();
		borrow(this.b).close();
		this.pools.close();
		assertThat(this.pools.counts()).isEqualTo(new ConnectionCounts(2, 2));
		held.close();
		assertThat(this.pools.counts()).isEqualTo(new ConnectionCounts(2, 2));
	}

	@Test
	void whatIsCreatedAndNotClosedIsOpenAfterAnyTrouble() {
		CompletableFuture<?>[] threads = IntStream.range(0, 6)
			.mapToObj((seed) -> CompletableFuture.runAsync(() -> makeTrouble(new Random(seed)),
					(task) -> new Thread(task, "trouble-" + seed).start()))
			.toArray(CompletableFuture<?>[]::new);
		assertThat(CompletableFuture.allOf(threads)).succeedsWithin(Duration.ofSeconds(60));
		assertThat(this.pools.counts().created()).isGreaterThan(10);
		assertThat(this.pools.usage()).isEqualTo(new PoolUsage(0, Math.toIntExact(this.pools.counts().open())));
		this.pools.retain(List.of());
		assertThat(this.pools.counts().open()).isZero();
	}

	private void makeTrouble(Random random) {
		for (int i = 0; i < 150; i++) {
			HostAndPort node = this.servers.get(random.nextInt(this.servers.size())).address();
			NodePool pool = this.pools.get(node);
			try (PooledConnection connection = pool.borrow(WAIT)) {
				switch (random.nextInt(10)) {
					case 0 -> connection.setBroken();
					case 1 -> connection.abandon();
					case 2 -> connection.closeSocket();
					case 3 -> connection.close();
					default -> assertThat(connection.address()).isEqualTo(node);
				}
			}
			catch (NodeUnreachableException ex) {
				// It was fenced, or abandoned while it was opened.
				assertThat(ex).hasMessageContaining("'foo'");
			}
			switch (random.nextInt(20)) {
				case 0 -> pool.retire();
				case 1 -> pool.abandon();
				case 2 -> pool.evictIdle();
				case 3 -> pool.discardEnded(Duration.ZERO);
				case 4 -> assertThat(pool.probe()).isNotNull();
				case 5 -> this.pools.fence(List.of(node));
				case 6 -> this.pools.retain(List.of(this.a, this.b));
				default -> assertThat(pool.usage().active()).isNotNegative();
			}
		}
	}

	private PooledConnection borrow(HostAndPort node) {
		return this.pools.get(node).borrow(WAIT);
	}

	private static ConnectionPools pools(int limit) {
		return pools(10_000, limit);
	}

	private static ConnectionPools pools(int timeoutMillis, int limit) {
		return new ConnectionPools("foo", new PoolLimits(limit, false), WAIT,
				DefaultJedisClientConfig.builder()
					.clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
					.timeoutMillis(timeoutMillis)
					.build(),
				false, new MonitoringFailures());
	}

}
