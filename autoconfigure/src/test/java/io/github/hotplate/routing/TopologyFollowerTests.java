package io.github.hotplate.routing;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.execution.Recovery;
import io.github.hotplate.health.CallerRelease;
import io.github.hotplate.pool.ConnectionPools;
import io.github.hotplate.support.BackgroundThread;
import io.github.hotplate.topology.TestTopology;
import io.github.hotplate.topology.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link TopologyFollower}.
 */
class TopologyFollowerTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final HostAndPort FORMER = TestTopology.address(1);

	private static final HostAndPort SUCCESSOR = TestTopology.address(2);

	private final Topology before = new Topology(List.of(TestTopology.shard(1, 2)));

	private final Topology after = new Topology(List.of(TestTopology.shard(2)));

	private final ConnectionPools pools = mock();

	private final BackgroundThread thread = new BackgroundThread("foo", "topology");

	private final Recoveries recoveries = new Recoveries(this.thread, (node) -> false, System::nanoTime);

	@AfterEach
	void close() {
		this.thread.close();
	}

	@Test
	void whoWaitsForNodeThatIsGoneIsLetGo() throws InterruptedException {
		Recovery recovery = this.recoveries.of(FORMER);
		CompletableFuture<Boolean> waiting = new CompletableFuture<>();
		Thread waiter = new Thread(() -> waiting.complete(await(recovery)), "waiting");
		waiter.start();
		Awaitility.await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
		follower(false).topologyChanged(this.before, this.after);
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
	void demotedPrimaryIsFencedBehindSentinels() {
		follower(true).topologyChanged(this.before, this.after);
		then(this.pools).should().fence(Set.of(FORMER));
	}

	@Test
	void demotedPrimaryOfClusterRedirectsAndIsNotFenced() {
		follower(false).topologyChanged(this.before, this.after);
		then(this.pools).should(never()).fence(any());
		then(this.pools).should().retain(Set.of(SUCCESSOR));
	}

	private TopologyFollower follower(boolean membersOnly) {
		return new TopologyFollower(this.pools, new CallerRelease("foo", this.thread), this.recoveries, membersOnly);
	}

}
