package io.github.hotplate.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Parsers}.
 */
class ParsersTests {

	@ParameterizedTest
	@CsvSource({ "0, 0", "1, 1", "0.01, 0.01", "1%, 0.01", "0.5 %, 0.005", "100%, 1", "1e-3, 0.001", ".5, 0.5" })
	void readsRates(String text, double rate) {
		assertThat(Parsers.rate(value(text))).isEqualTo(rate);
	}

	@ParameterizedTest
	@CsvSource({ "true, true", "True, true", "TRUE, true", "false, false", "False, false" })
	void readsBooleans(String text, boolean expected) {
		assertThat(Parsers.bool(value(text))).isEqualTo(expected);
	}

	@Test
	void readsIntegersUpToBothBounds() {
		assertThat(Parsers.integer(1, 10).parse(value(" 1 "))).isEqualTo(1);
		assertThat(Parsers.integer(1, 10).parse(value("10"))).isEqualTo(10);
	}

	@Test
	void readsChoicesInAnyCase() {
		assertThat(Parsers.choice(StartupFailure.class).parse(value("Warn"))).isEqualTo(StartupFailure.WARN);
	}

	private static ConfigValue value(String text) {
		return new ConfigValue("foo.key", text, null);
	}

}
