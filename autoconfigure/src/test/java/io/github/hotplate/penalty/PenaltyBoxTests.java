package io.github.hotplate.penalty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.support.MonitoringFailures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PenaltyBox}.
 */
@ExtendWith(OutputCaptureExtension.class)
class PenaltyBoxTests {

	private static final List<HostAndPort> NODES = List.of(new HostAndPort("a", 1), new HostAndPort("b", 2),
			new HostAndPort("c", 3));

	private static final Duration TICK = Duration.ofNanos(1);

	private final VirtualTime time = new VirtualTime();

	private final Map<HostAndPort, ProbeOutcome> outcomes = new HashMap<>();

	private final List<PenaltyEvent> events = new ArrayList<>();

	private int probes;

	private double random;

	@Test
	void failureLeavesNodeOutAtOnce() {
		PenaltyBox box = box(PenaltyBoxOptions.defaults());
		box.failed(1);
		assertThat(box.active().active()).containsExactly(0, 2);
	}

	@Test
	void probesAreAsFarApartAsInFluster() {
		PenaltyBox box = box(PenaltyBoxOptions.defaults());
		down(1);
		box.failed(1);
		Duration lasting = Duration.ZERO;
		for (int seconds : new int[] { 10, 15, 22, 33, 49, 73, 109, 163, 244, 300, 300 }) {
			int before = this.probes;
			assertThat(box.penalties()).singleElement()
				.isEqualTo(
						new Penalty(NODES.get(1), Duration.ofSeconds(seconds), Duration.ofSeconds(seconds), lasting));
			lasting = lasting.plusSeconds(seconds);
			this.time.pass(Duration.ofSeconds(seconds).minus(TICK));
			assertThat(this.probes).isEqualTo(before);
			this.time.pass(TICK);
			assertThat(this.probes).isEqualTo(before + 1);
		}
		assertThat(box.active().isActive(1)).isFalse();
	}

	@Test
	void nodeReturnsWhenProbeFindsItAliveAndStartsAnew() {
		PenaltyBox box = box(PenaltyBoxOptions.defaults());
		down(1);
		box.failed(1);
		this.time.pass(Duration.ofSeconds(10));
		up(1);
		this.time.pass(Duration.ofSeconds(15));
		assertThat(box.active().isActive(1)).isTrue();
		assertThat(box.penalties()).isEmpty();
		box.failed(1);
		assertThat(box.penalties()).extracting(Penalty::duration).containsExactly(Duration.ofSeconds(10));
	}

	@Test
	void transitionsAreToldInOrder(CapturedOutput output) {
		PenaltyBox box = box(PenaltyBoxOptions.defaults());
		down(1);
		box.failed(1);
		this.time.pass(Duration.ofSeconds(10));
		up(1);
		this.time.pass(Duration.ofSeconds(15));
		assertThat(this.events).containsExactly(
				new PenaltyEvent("foo", NODES.get(1), PenaltyTransition.PENALIZED, Duration.ofSeconds(10), 2),
				new PenaltyEvent("foo", NODES.get(1), PenaltyTransition.STILL_DOWN, Duration.ofSeconds(15), 2),
				new PenaltyEvent("foo", NODES.get(1), PenaltyTransition.RETURNED, Duration.ZERO, 3));
		assertThat(output).contains("Client 'foo' ejects b:2 and probes it in 10000 ms; 2 of 3 nodes are in use")
			.contains("Client 'foo' keeps b:2 ejected and probes it in 15000 ms; 2 of 3 nodes are in use")
			.contains("Client 'foo' uses b:2 again; 3 of 3 nodes are in use");
	}

	@Test
	void nodeThatFailsAgainAndAgainIsLoggedOnceMinute(CapturedOutput output) {
		PenaltyBox box = box(PenaltyBoxOptions.defaults());
		for (int i = 0; i < 7; i++) {
			box.failed(1);
			this.time.pass(Duration.ofSeconds(10));
		}
		assertThat(this.events).hasSize(14);
		assertThat(output.toString().lines().filter((line) -> line.contains("ejects b:2"))).hasSize(2)
			.last()
			.asString()
			.endsWith("(5 more such lines left out in the last 60 s)");
		assertThat(output.toString().lines().filter((line) -> line.contains("uses b:2 again"))).hasSize(2);
	}

	@Test
	void callerNeitherProbesNorTells() {
		PenaltyBox box = box(PenaltyBoxOptions.defaults());
		box.failed(1);
		assertThat(this.events).isEmpty();
		this.time.pass(Duration.ZERO);
		assertThat(this.events).hasSize(1);
		assertThat(this.probes).isZero();
	}

	@Test
	void failureOfNodeThatIsOutDoesNotLengthenItsPenalty() {
		PenaltyBox box = box(PenaltyBoxOptions.defaults());
		box.failed(1);
		this.time.pass(Duration.ofSeconds(9));
		box.failed(1);
		this.time.pass(Duration.ofSeconds(1));
		assertThat(box.active().isActive(1)).isTrue();
		assertThat(this.events).hasSize(2);
	}

	@Test
	void nodeIsNotLostWhenProbeThrows(CapturedOutput output) {
		PenaltyBox box = box(this::failFirstProbe);
		box.failed(1);
		this.time.pass(Duration.ofSeconds(10));
		assertThat(this.events).extracting(PenaltyEvent::transition)
			.containsExactly(PenaltyTransition.PENALIZED, PenaltyTransition.STILL_DOWN);
		assertThat(output).contains("Client 'foo' could not probe b:2");
		this.time.pass(Duration.ofSeconds(15));
		assertThat(box.active().isActive(1)).isTrue();
	}

	private ProbeOutcome failFirstProbe(HostAndPort node) {
		if (this.probes++ == 0) {
			throw new IllegalStateException("staged");
		}
		return ProbeOutcome.ALIVE;
	}

	@Test
	void nodeIsNotLostWhenProbeEndsInError() {
		PenaltyBox box = box((node) -> {
			if (this.probes++ == 0) {
				throw new StackOverflowError("staged");
			}
			return ProbeOutcome.ALIVE;
		});
		box.failed(1);
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> this.time.pass(Duration.ofSeconds(10)));
		this.time.pass(Duration.ofSeconds(15));
		assertThat(box.active().isActive(1)).isTrue();
	}

	@Test
	void nodeThatWasNotAskedIsAskedSoonAndWaitsNoLonger() {
		PenaltyBox box = box(PenaltyBoxOptions.defaults());
		this.outcomes.put(NODES.get(1), ProbeOutcome.NOT_ASKED);
		box.failed(1);
		this.time.pass(Duration.ofSeconds(10));
		assertThat(box.penalties()).extracting(Penalty::duration).containsExactly(Duration.ofSeconds(10));
		up(1);
		this.time.pass(Duration.ofMillis(100));
		assertThat(box.active().isActive(1)).isTrue();
	}

	@Test
	void allDownEndsByItself() {
		PenaltyBox box = box(PenaltyBoxOptions.defaults());
		for (int node = 0; node < NODES.size(); node++) {
			box.failed(node);
		}
		assertThatExceptionOfType(ClusterEmptyException.class).isThrownBy(() -> box.active().select(0));
		this.time.pass(Duration.ofSeconds(10));
		assertThat(box.active().select(4)).isOne();
	}

	@Test
	void thresholdCountsFailuresInRow() {
		PenaltyBox box = box(new PenaltyBoxOptions(Duration.ofSeconds(10), Duration.ofSeconds(300), 1.5, 3, 1));
		box.failed(1);
		box.failed(1);
		box.failed(2);
		box.succeeded(1);
		box.failed(1);
		box.failed(1);
		assertThat(box.active().activeCount()).isEqualTo(3);
		box.failed(1);
		assertThat(box.active().active()).containsExactly(0, 2);
	}

	@Test
	void thresholdStartsAnewForNodeThatReturned() {
		PenaltyBox box = box(new PenaltyBoxOptions(Duration.ofSeconds(10), Duration.ofSeconds(300), 1.5, 2, 1));
		box.failed(1);
		box.failed(1);
		this.time.pass(Duration.ofSeconds(10));
		box.failed(1);
		assertThat(box.active().activeCount()).isEqualTo(3);
	}

	@Test
	void nodeBeyondShareIsSparedUntilAnotherReturns(CapturedOutput output) {
		PenaltyBox box = box(new PenaltyBoxOptions(Duration.ofSeconds(10), Duration.ofSeconds(300), 1.5, 1, 0.5));
		box.failed(1);
		box.failed(2);
		box.failed(2);
		assertThat(box.active().active()).containsExactly(0, 2);
		this.time.pass(Duration.ofSeconds(10));
		box.failed(2);
		this.time.pass(Duration.ZERO);
		assertThat(box.active().active()).containsExactly(0, 1);
		assertThat(this.events).extracting(PenaltyEvent::transition)
			.containsExactly(PenaltyTransition.PENALIZED, PenaltyTransition.SPARED, PenaltyTransition.RETURNED,
					PenaltyTransition.PENALIZED);
		assertThat(output).contains(
				"Client 'foo' keeps using c:3 although it fails: 2 of 3 nodes are in use, and penalty_box.max_ejected is 0.5");
	}

	@Test
	void shareOfLessThanOneNodeLeavesNoneOutAndIsWarnedOf(CapturedOutput output) {
		PenaltyBox box = box(new PenaltyBoxOptions(Duration.ofSeconds(10), Duration.ofSeconds(300), 1.5, 1, 0.3));
		box.failed(0);
		this.time.pass(Duration.ofSeconds(10));
		assertThat(box.active().activeCount()).isEqualTo(3);
		assertThat(this.events).isEmpty();
		assertThat(output)
			.contains("Client 'foo' never ejects a node: penalty_box.max_ejected is 0.3, less than one of 3");
	}

	@Test
	void jitterLengthensWaitByTenthAndByHalfSecondAtMost() {
		this.random = 1;
		PenaltyBox box = box(new PenaltyBoxOptions(Duration.ofSeconds(1), Duration.ofSeconds(300), 100, 1, 1));
		down(0);
		box.failed(0);
		assertThat(box.penalties()).singleElement()
			.satisfies((penalty) -> assertThat(penalty.duration()).hasSeconds(1))
			.satisfies((penalty) -> assertThat(penalty.remaining()).hasMillis(1_100));
		this.time.pass(Duration.ofMillis(1_100));
		assertThat(box.penalties()).singleElement()
			.satisfies((penalty) -> assertThat(penalty.duration()).hasSeconds(100))
			.satisfies((penalty) -> assertThat(penalty.remaining()).hasMillis(100_500));
	}

	@Test
	void remainingTimePasses() {
		PenaltyBox box = box(PenaltyBoxOptions.defaults());
		box.failed(2);
		this.time.pass(Duration.ofSeconds(4));
		box.failed(0);
		assertThat(box.penalties()).containsExactly(
				new Penalty(NODES.get(0), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ZERO),
				new Penalty(NODES.get(2), Duration.ofSeconds(10), Duration.ofSeconds(6), Duration.ofSeconds(4)));
	}

	@Test
	void failingListenerDisturbsNothing() {
		MonitoringFailures failures = new MonitoringFailures();
		PenaltyBox box = new PenaltyBox("foo", NODES, PenaltyBoxOptions.defaults(), (node) -> ProbeOutcome.ALIVE,
				(event) -> {
					throw new IllegalStateException("staged");
				}, failures, this.time, this.time, () -> 0);
		box.failed(1);
		this.time.pass(Duration.ofSeconds(10));
		assertThat(box.active().activeCount()).isEqualTo(3);
		assertThat(failures.count(MonitoringFailures.Part.LISTENER)).isEqualTo(2);
	}

	@Test
	void closedBoxLeavesOutNobodyElse() {
		PenaltyBox box = box(PenaltyBoxOptions.defaults());
		box.failed(0);
		box.close();
		box.failed(1);
		this.time.pass(Duration.ofDays(1));
		assertThat(this.time.isClosed()).isTrue();
		assertThat(box.active().active()).containsExactly(1, 2);
		assertThat(this.probes).isZero();
	}

	@Test
	void probeThatOutlivesTheBoxChangesNothing() {
		List<PenaltyBox> boxes = new ArrayList<>();
		PenaltyBox box = box((node) -> {
			boxes.get(0).close();
			return ProbeOutcome.ALIVE;
		});
		boxes.add(box);
		box.failed(0);
		this.time.pass(Duration.ofSeconds(10));
		assertThat(box.active().activeCount()).isEqualTo(2);
	}

	private PenaltyBox box(PenaltyBoxOptions options) {
		return new PenaltyBox("foo", NODES, options, this::probe, this.events::add, new MonitoringFailures(), this.time,
				this.time, () -> this.random);
	}

	private PenaltyBox box(NodeProber prober) {
		return new PenaltyBox("foo", NODES, PenaltyBoxOptions.defaults(), prober, this.events::add,
				new MonitoringFailures(), this.time, this.time, () -> 0);
	}

	private ProbeOutcome probe(HostAndPort node) {
		this.probes++;
		return this.outcomes.getOrDefault(node, ProbeOutcome.ALIVE);
	}

	private void down(int node) {
		this.outcomes.put(NODES.get(node), ProbeOutcome.DOWN);
	}

	private void up(int node) {
		this.outcomes.put(NODES.get(node), ProbeOutcome.ALIVE);
	}

}
