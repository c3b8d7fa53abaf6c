package io.github.hotplate.sample.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class TrafficHistoryTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final CommandMeters meters = mock();

	private final TopologyRefreshes refreshes = mock();

	private final Clock clock = mock();

	private final TrafficHistory history = new TrafficHistory(this.meters, this.refreshes, this.clock);

	private Instant now = START;

	@BeforeEach
	void startTheClock() {
		given(this.clock.instant()).willAnswer((invocation) -> this.now);
	}

	@Test
	void hasNothingToShowBeforeTheSecondReading() {
		assertThat(this.history.since(0)).isEqualTo(new Traffic(List.of(), List.of()));
		record(Duration.ZERO, Map.of());
		assertThat(this.history.since(0).samples()).isEmpty();
	}

	@Test
	void turnsTotalsIntoRates() {
		record(Duration.ZERO, Map.of("get", totals(100, 0)));
		record(Duration.ofSeconds(2), Map.of("get", totals(160, 4), "incr", totals(10, 0)));
		Traffic.Sample sample = this.history.since(0).samples().get(0);
		assertThat(sample.time()).isEqualTo(START.plusSeconds(2).toEpochMilli());
		assertThat(sample.rates()).isEqualTo(Map.of("get", 30.0, "incr", 5.0));
		assertThat(sample.errors()).isEqualTo(2.0);
		assertThat(sample.p50()).isCloseTo(1.0, within(1e-6));
	}

	@Test
	void leavesLatencyOutWhereNothingRan() {
		record(Duration.ZERO, Map.of("get", totals(100, 0)));
		record(Duration.ofSeconds(1), Map.of("get", totals(100, 0)));
		assertThat(this.history.since(0).samples().get(0).p99()).isNull();
	}

	@Test
	void tellsWhatWasRetriedAndWhyTheTopologyWasLearned() {
		given(this.meters.retries()).willReturn(Map.of("CLUSTERDOWN", 2L, "connection", 5L));
		given(this.refreshes.read()).willReturn(Map.of("period", 1L));
		record(Duration.ZERO, Map.of());
		given(this.meters.retries()).willReturn(Map.of("CLUSTERDOWN", 9L, "connection", 5L));
		given(this.refreshes.read()).willReturn(Map.of("period", 1L, "moved", 1L));
		record(Duration.ofSeconds(1), Map.of());
		assertThat(this.history.since(0).samples()).singleElement()
			.returns(Map.of("CLUSTERDOWN", 7L), Traffic.Sample::retries)
			.returns(Map.of("moved", 1L), Traffic.Sample::refreshes);
	}

	@Test
	void sendsOnlyWhatIsNew() {
		for (int second = 0; second < 5; second++) {
			record(Duration.ofSeconds(1), Map.of());
		}
		assertThat(this.history.since(this.now.minusSeconds(2).toEpochMilli()).samples()).hasSize(2);
	}

	@Test
	void remembersThreeMinutes() {
		for (int second = 0; second < 400; second++) {
			record(Duration.ofSeconds(1), Map.of());
		}
		assertThat(this.history.since(0).samples()).hasSize(180);
	}

	@Test
	void showsRecentRatesBesideTotalsOfAllTime() {
		record(Duration.ZERO, Map.of("get", totals(1000, 3)));
		for (int second = 1; second <= 20; second++) {
			record(Duration.ofSeconds(1), Map.of("get", totals(1000 + 10 * second, 3)));
		}
		assertThat(this.history.since(0).commands()).singleElement().satisfies((command) -> {
			assertThat(command.name()).isEqualTo("get");
			assertThat(command.rate()).isEqualTo(10.0);
			assertThat(command.count()).isEqualTo(1200);
			assertThat(command.errors()).isEqualTo(3);
			assertThat(command.mean()).isCloseTo(1.0, within(1e-6));
		});
	}

	private void record(Duration later, Map<String, CommandTotals> commands) {
		this.now = this.now.plus(later);
		given(this.meters.read()).willReturn(commands);
		this.history.record();
	}

	private static CommandTotals totals(long count, long errors) {
		return new CommandTotals(errors, new LatencyHistogram(count, count * 0.001, List.of()));
	}

}
