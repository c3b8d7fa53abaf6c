package io.github.hotplate.config;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Secrets}.
 */
class SecretsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			redis://a:7000,b:7001/0          | redis://a:7000,b:7001/0
			redis://[::1]:7000               | redis://[::1]:7000
			redis://app:secret@a:7000/0      | redis://app:******@a:7000/0
			redis://:secret@a                | redis://:******@a
			redis://secret@a                 | redis://******@a
			redis://app:sec@ret@a            | redis://app:******@a
			redis://app:sec://ret@a          | redis://app:******@a
			app:sec://ret@a                  | app:******@a
			app:secret@a                     | app:******@a
			redis:/app:secret@a              | redis:******@a
			redis://app:secret               | redis://app:******
			redis://a:7000?password=secret   | redis://a:7000?password=******
			redis://a:7000/0?x=1&pw=secret   | redis://a:7000/0?x=******&pw=******
			redis://a,redis://b                | redis://a,redis://b
			200ms                            | 200ms
			""")
	void masksWhatMayBePassword(String text, String masked) {
		assertThat(Secrets.mask(text)).isEqualTo(masked);
	}

}
