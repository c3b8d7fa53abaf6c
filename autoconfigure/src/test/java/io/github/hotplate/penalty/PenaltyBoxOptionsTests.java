package io.github.hotplate.penalty;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PenaltyBoxOptions}.
 */
class PenaltyBoxOptionsTests {

	private static final Duration MIN = Duration.ofSeconds(10);

	private static final Duration MAX = Duration.ofSeconds(300);

	@Test
	void defaultsAreThoseOfFluster() {
		assertThat(PenaltyBoxOptions.defaults()).isEqualTo(new PenaltyBoxOptions(MIN, MAX, 1.5, 1, 1));
	}

	@Test
	void waitsGrowAsInFluster() {
		assertThat(waits(PenaltyBoxOptions.defaults(), 12).map(Duration::toSeconds)).containsExactly(10L, 15L, 22L, 33L,
				49L, 73L, 109L, 163L, 244L, 300L, 300L, 300L);
	}

	@Test
	void fractionsAreDroppedAsInFluster() {
		assertThat(waits(new PenaltyBoxOptions(MIN, MAX, 2.3, 1, 1), 4).map(Duration::toSeconds)).containsExactly(10L,
				23L, 52L, 119L);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 100, 500, 1_000, 1_500, 1_999 })
	void waitsBelowTwoSecondsGrow(long millis) {
		PenaltyBoxOptions options = new PenaltyBoxOptions(Duration.ofMillis(millis), MAX, 1.5, 1, 1);
		assertThat(waits(options, 50)).last().isEqualTo(MAX);
	}

	@Test
	void oneSecondGrows() {
		assertThat(waits(new PenaltyBoxOptions(Duration.ofSeconds(1), MAX, 1.5, 1, 1), 6).map(Duration::toMillis))
			.containsExactly(1_000L, 1_500L, 2_000L, 3_000L, 4_000L, 6_000L);
	}

	@Test
	void smallMultiplierGrows() {
		assertThat(waits(new PenaltyBoxOptions(MIN, MAX, 1.01, 1, 1), 1_000)).last().isEqualTo(MAX);
	}

	@Test
	void multiplierOfOneKeepsTheWait() {
		assertThat(waits(new PenaltyBoxOptions(Duration.ofMillis(2_500), MAX, 1, 1, 1), 3))
			.containsOnly(Duration.ofMillis(2_500));
	}

	@ParameterizedTest
	@CsvSource({ "1,3,3", "0,3,0", "0.5,3,1", "0.34,3,1", "0.3333333,3,1", "0.33,3,0", "0.29,100,29", "0.7,10,7",
			"0.1,10,1", "0.999,3,2", "1,1,1" })
	void shareIsRoundedDown(double share, int nodes, int ejected) {
		assertThat(new PenaltyBoxOptions(MIN, MAX, 1.5, 1, share).maxEjected(nodes)).isEqualTo(ejected);
	}

	@ParameterizedTest
	@CsvSource({ "PT-1S,PT300S,1.5,1,1,penalty_box.min_wait,PT-1S", "PT0S,PT300S,1.5,1,1,penalty_box.min_wait,PT0S",
			"PT48H,PT48H,1.5,1,1,penalty_box.min_wait,PT48H", "PT10S,PT5S,1.5,1,1,penalty_box.max_wait,PT5S",
			"PT10S,PT25H,1.5,1,1,penalty_box.max_wait,PT25H", "PT10S,PT300S,0.9,1,1,penalty_box.multiplier,0.9",
			"PT10S,PT300S,-2,1,1,penalty_box.multiplier,-2.0", "PT10S,PT300S,NaN,1,1,penalty_box.multiplier,NaN",
			"PT10S,PT300S,101,1,1,penalty_box.multiplier,101.0", "PT10S,PT300S,1.5,0,1,penalty_box.failure_threshold,0",
			"PT10S,PT300S,1.5,-1,1,penalty_box.failure_threshold,-1",
			"PT10S,PT300S,1.5,1001,1,penalty_box.failure_threshold,1001",
			"PT10S,PT300S,1.5,1,-0.1,penalty_box.max_ejected,-0.1", "PT10S,PT300S,1.5,1,2,penalty_box.max_ejected,2.0",
			"PT10S,PT300S,1.5,1,NaN,penalty_box.max_ejected,NaN" })
	void absurdValueIsNamedWithItsRemedy(Duration min, Duration max, double multiplier, int threshold, double share,
			String key, String value) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PenaltyBoxOptions(min, max, multiplier, threshold, share))
			.withMessageStartingWith(key + ": out of range (value '" + value + "'). Set " + key + " to ");
	}

	private static Stream<Duration> waits(PenaltyBoxOptions options, int number) {
		return Stream.iterate(options.minWait(), options::waitAfter).limit(number);
	}

}
