package io.github.hotplate.config;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EditDistance}.
 */
class EditDistanceTests {

	@ParameterizedTest
	@CsvSource({ "'', '', 0", "timeout, timeout, 0", "'', abc, 3", "abc, '', 3", "timeout, timeouts, 1",
			"timeout, timeot, 1", "timeout, timeaut, 1", "timeout, tiemout, 1", "kitten, sitting, 3", "ca, abc, 3" })
	void countsSlipsOfThePen(String first, String second, int distance) {
		assertThat(EditDistance.between(first, second)).isEqualTo(distance);
		assertThat(EditDistance.between(second, first)).isEqualTo(distance);
	}

	@ParameterizedTest
	@CsvSource({ "mode, mode, true", "made, mode, false", "timeaut, timeout, true", "timaut, timeout, false",
			"max_conections, max_connections, true", "max_conections, max_connections_per_node, false" })
	void allowsOneSlipInFiveLetters(String word, String known, boolean typo) {
		assertThat(EditDistance.isTypo(word, known)).isEqualTo(typo);
	}

}
