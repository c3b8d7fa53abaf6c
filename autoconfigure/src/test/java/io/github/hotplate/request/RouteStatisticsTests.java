package io.github.hotplate.request;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RouteStatistics}.
 */
class RouteStatisticsTests {

	private final RouteStatistics statistics = new RouteStatistics();

	@Test
	void addsUpRequestsOfRoute() {
		add("/cart", 41, 7, "41 GETs");
		add("/cart", 45, 0, "45 GETs");
		add("/cart", 1, 0, "");
		assertThat(this.statistics.worst(10))
			.containsExactly(new RouteUsage("GET /cart", "", 3, 29, 45, 7, 2, "45 GETs"));
	}

	@Test
	void namesRoutesWithMostCommandsPerRequestFirst() {
		add("/often", 2, 0, "");
		add("/often", 2, 0, "");
		add("/worst", 3, 0, "");
		add("/least", 1, 0, "");
		assertThat(this.statistics.worst(2)).extracting(RouteUsage::route).containsExactly("GET /worst", "GET /often");
	}

	@Test
	void routeCountsFromItsFirstCommandOn() {
		add("/cart", 0, 0, "");
		assertThat(this.statistics.worst(10)).isEmpty();
		add("/cart", 4, 0, "");
		add("/cart", 0, 0, "");
		assertThat(this.statistics.worst(10)).singleElement()
			.satisfies((usage) -> assertThat(usage.meanCommands()).isEqualTo(2));
	}

	@Test
	void hasNoRemedyWhereNothingIsWrong() {
		add("/cart", 1, 0, "");
		assertThat(this.statistics.worst(10)).singleElement().satisfies((usage) -> assertThat(usage.remedy()).isNull());
	}

	@Test
	void routesBeyondBoundAreOne() {
		IntStream.range(0, RouteStatistics.MAX_ROUTES + 10).forEach((i) -> add("/route" + i, 1, 0, ""));
		assertThat(this.statistics.worst(1_000)).hasSize(RouteStatistics.MAX_ROUTES + 1)
			.filteredOn((usage) -> usage.route().equals("others"))
			.singleElement()
			.satisfies((usage) -> assertThat(usage.requests()).isEqualTo(10));
	}

	@Test
	void forgetsRoutes() {
		add("/cart", 41, 0, "");
		this.statistics.reset();
		assertThat(this.statistics.worst(10)).isEmpty();
	}

	private void add(String pattern, long commands, long repeatedReads, String remedy) {
		this.statistics.add(new Route("GET", pattern, pattern, null, null, null), commands, repeatedReads, 2_000_000,
				() -> remedy.isEmpty() ? List.of() : List.of(remedy));
	}

}
