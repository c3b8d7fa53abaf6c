package io.github.hotplate.routing;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.command.CommandSpecs;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.command.PipelineCommand;
import io.github.hotplate.config.ReadPreference;
import io.github.hotplate.execution.CallPart;
import io.github.hotplate.execution.CallRecord;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.support.Randoms;
import io.github.hotplate.topology.Shard;
import io.github.hotplate.topology.TestTopology;
import io.github.hotplate.topology.Topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link CommandRouter}.
 */
class CommandRouterTests {

	private final Shard shard = TestTopology.shard(1, 2);

	private final HostAndPort primary = this.shard.primary().address();

	private final HostAndPort replica = this.shard.replicas().get(0).address();

	private final CommandObject<String> get = new CommandObjects().get("key");

	private final NodeUnreachableException failure = new NodeUnreachableException("dead", null);

	private final NodeSelector selector = mock();

	private final NodeConnectionProvider connections = mock();

	private final CommandRouter router = new CommandRouter("foo", KeySlots.CLUSTER, this.selector, this.connections,
			mock(Recoveries.class));

	@BeforeEach
	void selectReplica() {
		given(this.selector.snapshot()).willReturn(this.selector);
		given(this.selector.usesReplicas()).willReturn(true);
		given(this.selector.shardOf(anyInt())).willReturn(this.shard);
		given(this.selector.findShard(anyInt())).willReturn(this.shard);
		given(this.selector.readerOf(this.shard)).willReturn(this.replica);
		given(this.selector.fallbackOf(this.shard)).willReturn(this.primary);
		given(this.connections.borrow(any())).willThrow(this.failure);
		given(this.connections.tryBorrow(any())).willThrow(this.failure);
	}

	@Test
	void failureOfNodeIsNotedOnce() {
		assertThatExceptionOfType(NodeUnreachableException.class)
			.isThrownBy(() -> this.router.executeCommand(this.get));
		then(this.connections).should().noteFailure(this.replica, this.failure);
		then(this.connections).should().noteFailure(this.primary, this.failure);
	}

	@Test
	void failureOfNodeIsNotedOnceForAllCommandsOfPipeline() {
		PipelineCommand pipeline = new PipelineCommand("", List.of(this.get, this.get, this.get));
		assertThat(this.router.executeCommand(pipeline)).containsOnly(this.failure).hasSize(3);
		then(this.connections).should().noteFailure(this.replica, this.failure);
		then(this.connections).should().noteFailure(this.primary, this.failure);
	}

	@Test
	void topologyThatChangesDoesNotSpreadCommandsOfOneKeyOverNodes() {
		CommandObject<String> set = new CommandObjects().set("key", "value");
		assertThat(whileTopologyChanges(set, set, set)).containsOnly(this.failure).hasSize(3);
		then(this.connections).should().noteFailure(any(), any());
	}

	@Test
	void readDoesNotFollowChangesOfTopologyForEver() {
		assertThat(whileTopologyChanges(this.get)).containsExactly(this.failure);
		then(this.connections).should(times(1 + Redirections.LIMIT)).noteFailure(any(), any());
	}

	@Test
	void timeOfReplicaThatFailedIsRetry() {
		CommandObject<?> pipeline = new PipelineCommand("", List.of(this.get));
		for (CommandObject<?> command : List.of(this.get, pipeline)) {
			AtomicLong clock = new AtomicLong();
			try (CallRecord call = CallRecord.start(command, CommandSpecs.of(command.getArguments()),
					clock::incrementAndGet)) {
				try {
					this.router.executeCommand(command);
				}
				catch (NodeUnreachableException ex) {
					assertThat(command).isSameAs(this.get);
				}
				call.end(null);
				assertThat(call.nanos(CallPart.RETRIES)).isPositive();
				assertThat(call.nanos(CallPart.SERVER)).isPositive();
				assertThat(call.nanos(CallPart.REDIRECTS)).isZero();
				assertThat(call.retries() + call.moved() + call.asked()).isZero();
			}
		}
	}

	private List<Object> whileTopologyChanges(CommandObject<?>... pipeline) {
		Iterator<Topology> topologies = Stream.iterate(1, (port) -> port + 1)
			.map((port) -> new Topology(List.of(TestTopology.shard(port))))
			.iterator();
		NodeSelector changing = new NodeSelector("foo", topologies::next,
				new ReadRouting(ReadPreference.PRIMARY, mock(), Randoms::index), mock(), mock(), Randoms::index);
		return new CommandRouter("foo", KeySlots.CLUSTER, changing, this.connections, mock(Recoveries.class))
			.executeCommand(new PipelineCommand("", List.of(pipeline)));
	}

}
