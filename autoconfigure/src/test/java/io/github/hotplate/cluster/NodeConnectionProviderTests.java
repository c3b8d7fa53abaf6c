package io.github.hotplate.cluster;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.NodeUnreachableException;

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
		then(this.pools).should(never()).get(FORMER);
	}

	@Test
	void clusterMayLeadToNodesThatAreNotKnownYet() {
		given(this.pools.get(FORMER)).willReturn(this.pool);
		connections(false).tryBorrow(FORMER);
		then(this.pool).should().tryBorrow(any());
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
		return new NodeConnectionProvider("foo", this.pools, this.health, mock(), mock(), () -> this.after,
				membersOnly);
	}

}
