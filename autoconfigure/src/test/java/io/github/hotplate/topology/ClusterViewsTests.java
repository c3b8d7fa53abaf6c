package io.github.hotplate.topology;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.topology.ClusterView.State;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClusterViews}.
 */
class ClusterViewsTests {

	private static final long EPOCH = 7;

	@Test
	void lastElectionCounts() {
		ClusterView former = view(1, State.OK, EPOCH, "a");
		ClusterView current = view(2, State.OK, EPOCH + 1, "b");
		assertThat(views("a", former, former, current).believed()).isEqualTo(current);
	}

	@Test
	void nodeThatSeesNoWorkingClusterIsNotBelievedWhateverItsEpoch() {
		// A replica that is cut off raises the epoch with each attempt to be elected.
		ClusterView cutOff = view(1, State.DOWN, EPOCH + 100, "a");
		ClusterView current = view(2, State.OK, EPOCH, "b");
		assertThat(views("a", cutOff, current).believed()).isEqualTo(current);
	}

	@Test
	void nodeThatDoesNotTellItsStateIsBelievedBeforeOneThatSeesNoWorkingCluster() {
		ClusterView secret = view(1, State.UNKNOWN, 0, "a");
		ClusterView down = view(2, State.DOWN, EPOCH, "b");
		assertThat(views("a", down, secret).believed()).isEqualTo(secret);
	}

	@Test
	void majorityCountsAmongEquals() {
		ClusterView alone = view(1, State.UNKNOWN, 0, "a");
		ClusterView agreed = view(2, State.UNKNOWN, 0, "b");
		assertThat(views("a", alone, agreed, view(3, State.UNKNOWN, 0, "b")).believed()).isEqualTo(agreed);
	}

	@Test
	void otherClusterIsNotBelieved() {
		ClusterView other = new ClusterView(address(1), topology("x", "y"), State.OK, 1_000);
		ClusterView own = view(2, State.OK, EPOCH, "a");
		assertThat(views("a", other, own).believed()).isEqualTo(own);
	}

	@Test
	void otherClusterIsBelievedIfNobodyElseAnswers() {
		ClusterView other = new ClusterView(address(1), topology("x", "y"), State.OK, EPOCH);
		ClusterViews views = views("a", other);
		assertThat(views.isConclusive()).isFalse();
		assertThat(views.believed()).isEqualTo(other);
	}

	@Test
	void knownTopologyIsBetterThanThatOfNodeThatWasLeftBehind() {
		assertThat(views("a", view(1, State.DOWN, EPOCH - 1, "b")).believed()).isNull();
	}

	@Test
	void olderEpochIsBelievedIfWorkingClusterHasNoNewerOne() {
		ClusterView reset = view(1, State.OK, 1, "a");
		ClusterViews views = views("a", reset);
		assertThat(views.isConclusive()).isFalse();
		assertThat(views.believed()).isEqualTo(reset);
	}

	private static ClusterViews views(String primary, ClusterView... views) {
		ClusterViews all = new ClusterViews(topology(primary, "z"), EPOCH);
		Stream.of(views).forEach(all::add);
		return all;
	}

	private static ClusterView view(int node, State state, long epoch, String primary) {
		return new ClusterView(address(node), topology(primary, "z"), state, epoch);
	}

	private static Topology topology(String primary, String other) {
		return new Topology(List.of(new Shard(List.of(new SlotRange(0, 99)), new Node(primary, "host", 1), List.of()),
				new Shard(List.of(new SlotRange(100, 199)), new Node(other, "host", 2), List.of())));
	}

	private static HostAndPort address(int node) {
		return new HostAndPort("host", node);
	}

}
