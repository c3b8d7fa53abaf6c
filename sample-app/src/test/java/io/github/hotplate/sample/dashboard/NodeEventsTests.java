package io.github.hotplate.sample.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.hotplate.sample.dashboard.NodeEvent.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class NodeEventsTests {

	private static final NodeView PRIMARY = NodeView.primary("127.0.0.1", 7001, NodeState.UP);

	private static final NodeView REPLICA = NodeView.primary("127.0.0.1", 7002, NodeState.UP).replicaOf(PRIMARY);

	private final Clock clock = mock();

	private final NodeEvents events = new NodeEvents(this.clock);

	private Instant now = Instant.parse("2026-01-01T00:00:00Z");

	@BeforeEach
	void startTheClock() {
		given(this.clock.millis()).willAnswer((invocation) -> this.now.toEpochMilli());
	}

	@Test
	void knowsOfNoEventWhileNothingChanges() {
		this.events.compare(List.of(), List.of(PRIMARY, REPLICA));
		this.events.compare(List.of(PRIMARY, REPLICA), List.of(PRIMARY, REPLICA));
		assertThat(this.events.latest()).isEmpty();
	}

	@Test
	void tellsWhichNodeWasLostWhichTookItsPlaceAndThatItReturned() {
		NodeView suspected = NodeView.primary("127.0.0.1", 7001, NodeState.SUSPECTED);
		NodeView promoted = NodeView.primary("127.0.0.1", 7002, NodeState.UP);
		NodeView down = NodeView.primary("127.0.0.1", 7001, NodeState.DOWN).replicaOf(promoted);
		this.events.compare(List.of(PRIMARY, REPLICA), List.of(suspected, REPLICA));
		this.events.compare(List.of(suspected, REPLICA), List.of(down, promoted));
		this.events.compare(List.of(down, promoted), List.of(PRIMARY.replicaOf(promoted), promoted));
		assertThat(this.events.latest()).extracting(NodeEvent::port, NodeEvent::kind)
			.containsExactly(tuple(7001, Kind.LOST), tuple(7002, Kind.PROMOTED), tuple(7001, Kind.RETURNED));
		assertThat(this.events.latest()).extracting(NodeEvent::time).containsOnly(this.now.toEpochMilli());
	}

	@Test
	void forgetsWhatIsOlderThanTheChart() {
		this.events.compare(List.of(PRIMARY), List.of(NodeView.primary("127.0.0.1", 7001, NodeState.DOWN)));
		this.now = this.now.plus(Duration.ofMinutes(3)).plusMillis(1);
		this.events.compare(List.of(PRIMARY), List.of(PRIMARY));
		assertThat(this.events.latest()).isEmpty();
	}

}
