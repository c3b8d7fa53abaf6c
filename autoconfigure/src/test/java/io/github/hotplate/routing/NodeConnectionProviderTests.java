package io.github.hotplate.routing;

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
import io.github.hotplate.health.EjectedNodes;
import io.github.hotplate.health.SilentServer;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.pool.NodePool;
import io.github.hotplate.pool.PoolUsage;
import io.github.hotplate.pool.PooledConnection;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.topology.Node;
import io.github.hotplate.topology.TestTopology;
import io.github.hotplate.topology.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link NodeConnectionProvider}.
 */
class NodeConnectionProviderTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final HostAndPort FORMER = TestTopology.address(1);

	private static final HostAndPort SUCCESSOR = TestTopology.address(2);

	private final Topology after = new Topology(List.of(TestTopology.shard(2)));

	private final ConnectionPools pools = mock();

	private final EjectedNodes ejected = mock();

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
		try (SilentServer server = SilentServer.greeting()) {
			HostAndPort former = server.address();
			ConnectionPools real = pools();
			AtomicReference<Topology> topology = new AtomicReference<>(
					Topology.of(new Node("", former.getHost(), former.getPort()), List.of()));
			NodeConnectionProvider connections = connections(real, () -> {
				// As the thread does that learns the topology.
				Topology seen = topology.getAndSet(this.after);
				real.fence(Set.of(former));
				return seen;
			}, true);
			assertThatExceptionOfType(NodeUnreachableException.class).isThrownBy(() -> connections.borrow(former));
			real.close();
		}
	}

	@Test
	void whoWaitedForNodeThatBecameSuspectMeanwhileIsRefused() {
		try (SilentServer server = SilentServer.greeting()) {
			ConnectionPools real = pools();
			NodeConnectionProvider connections = connections(real, () -> this.after, false);
			PooledConnection taken = connections.borrow(server.address());
			CompletableFuture<PooledConnection> waiting = CompletableFuture
				.supplyAsync(() -> connections.borrow(server.address()));
			Awaitility.await().until(() -> real.waiting() == 1);
			NodeUnreachableException refusal = new NodeUnreachableException("expected", null);
			given(this.ejected.refusal(server.address())).willReturn(refusal);
			given(this.ejected.contains(server.address())).willReturn(true);
			taken.close();
			assertThat(waiting).failsWithin(LONG).withThrowableThat().havingCause().isSameAs(refusal);
			assertThat(real.usage()).isEqualTo(new PoolUsage(0, 1));
			given(this.ejected.contains(server.address())).willReturn(false);
			assertThat(connections.borrow(server.address())).isSameAs(taken);
			real.close();
		}
	}

	@Test
	void clusterMayLeadToNodesThatAreNotKnownYet() {
		given(this.pools.get(FORMER)).willReturn(this.pool);
		connections(false).tryBorrow(FORMER);
		then(this.pool).should().tryBorrow();
	}

	private NodeConnectionProvider connections(boolean membersOnly) {
		return connections(this.pools, () -> this.after, membersOnly);
	}

	private NodeConnectionProvider connections(ConnectionPools pools, Supplier<Topology> topology,
			boolean membersOnly) {
		return new NodeConnectionProvider("foo", pools, this.ejected, mock(), mock(), mock(), topology, membersOnly);
	}

	private static ConnectionPools pools() {
		return new ConnectionPools("foo", new PoolLimits(1, false), LONG,
				DefaultJedisClientConfig.builder().clientSetInfoConfig(ClientSetInfoConfig.DISABLED).build(), false,
				new MonitoringFailures());
	}

}
