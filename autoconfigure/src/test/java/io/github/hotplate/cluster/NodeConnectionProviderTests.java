package io.github.hotplate.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.config.ClientConfig.PoolLimits;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.execution.Recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link NodeConnectionProvider}.
 */
class NodeConnectionProviderTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final HostAndPort FORMER = TestTopology.address(1);

	private static final HostAndPort SUCCESSOR = TestTopology.address(2);

	private final ClusterTopology before = new ClusterTopology(List.of(TestTopology.shard(1, 2)));

	private final ClusterTopology after = new ClusterTopology(List.of(TestTopology.shard(2)));

	private final ConnectionPools pools = mock();

	private final NodeHealth health = mock();

	private final NodePool pool = mock();

	@Test
	void primaryThatIsNoneAnyMoreIsNotAskedBehindSentinels() {
		NodeConnectionProvider connections = connections(true);
		given(this.pools.get(SUCCESSOR)).willReturn(this.pool);
		connections.tryBorrow(SUCCESSOR);
		assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> connections.borrow(FORMER))
			.withMessageContaining("no longer uses " + FORMER);
	}

	@Test
	void primaryThatIsDemotedWhileItsConnectionIsBorrowedIsNotAsked() {
		try (SilentServer server = SilentServer.start()) {
			HostAndPort former = server.address();
			ConnectionPools real = pools();
			AtomicReference<ClusterTopology> topology = new AtomicReference<>(
					ClusterTopology.of(new ClusterNode("", former.getHost(), former.getPort()), List.of()));
			NodeConnectionProvider connections = connections(real, () -> {
				// As the thread does that learns the topology.
				ClusterTopology seen = topology.getAndSet(this.after);
				real.fence(Set.of(former));
				return seen;
			}, true);
			assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> connections.borrow(former));
			real.close();
		}
	}

	@Test
	void whoWaitedForNodeThatBecameSuspectMeanwhileIsRefused() {
		try (SilentServer server = SilentServer.start()) {
			ConnectionPools real = pools();
			NodeConnectionProvider connections = connections(real, () -> this.after, false);
			PooledConnection taken = connections.borrow(server.address());
			CompletableFuture<PooledConnection> waiting = CompletableFuture
				.supplyAsync(() -> connections.borrow(server.address()));
			Awaitility.await().until(() -> real.waiting() == 1);
			NodeUnreachableException refusal = new NodeUnreachableException("expected", null);
			given(this.health.refusal(server.address())).willReturn(refusal);
			given(this.health.isSuspect(server.address())).willReturn(true);
			taken.close();
			assertThat(waiting).failsWithin(LONG).withThrowableThat().havingCause().isSameAs(refusal);
			assertThat(real.usage()).isEqualTo(new PoolUsage(0, 1));
			given(this.health.isSuspect(server.address())).willReturn(false);
			assertThat(connections.borrow(server.address())).isSameAs(taken);
			real.close();
		}
	}

	@Test
	void whoWaitsForNodeThatIsGoneIsLetGo() throws InterruptedException {
		NodeConnectionProvider connections = connections(false);
		Recovery recovery = connections.recoveryOf(FORMER);
		CompletableFuture<Boolean> waiting = new CompletableFuture<>();
		Thread waiter = new Thread(() -> waiting.complete(await(recovery)), "waiting");
		waiter.start();
		Awaitility.await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
		connections.follow(this.before, this.after);
		assertThat(waiting).succeedsWithin(LONG).isEqualTo(true);
	}

	private static boolean await(Recovery recovery) {
		try {
			return recovery.await(LONG.multipliedBy(2));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void clusterMayLeadToNodesThatAreNotKnownYet() {
		given(this.pools.get(FORMER)).willReturn(this.pool);
		connections(false).tryBorrow(FORMER);
		then(this.pool).should().tryBorrow();
	}

	@Test
	void demotedPrimaryIsFencedBehindSentinels() {
		connections(true).follow(this.before, this.after);
		then(this.pools).should().fence(Set.of(FORMER));
	}

	@Test
	void demotedPrimaryOfClusterRedirectsAndIsNotFenced() {
		connections(false).follow(this.before, this.after);
		then(this.pools).should(never()).fence(any());
		then(this.pools).should().retain(Set.of(SUCCESSOR));
	}

	private NodeConnectionProvider connections(boolean membersOnly) {
		return connections(this.pools, () -> this.after, membersOnly);
	}

	private NodeConnectionProvider connections(ConnectionPools pools, Supplier<ClusterTopology> topology,
			boolean membersOnly) {
		return new NodeConnectionProvider("foo", pools, this.health, mock(), mock(), topology, membersOnly);
	}

	private static ConnectionPools pools() {
		return new ConnectionPools("foo", new PoolLimits(1, false), LONG,
				DefaultJedisClientConfig.builder().clientSetInfoConfig(ClientSetInfoConfig.DISABLED).build(), false);
	}

}
