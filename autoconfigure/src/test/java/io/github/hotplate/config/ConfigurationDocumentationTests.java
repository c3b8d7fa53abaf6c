package io.github.hotplate.config;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.env.MockEnvironment;

import io.github.hotplate.documentation.Document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that {@code docs/configuration.md} says what the code does.
 */
class ConfigurationDocumentationTests {

	private static final Document DOCUMENT = Document.of("configuration.md");

	@Test
	void tableOfKeysHoldsEveryKeyWithItsDefault() {
		List<String> documented = DOCUMENT.rows("| key | default | meaning |")
			.map((row) -> row[0] + " = " + row[1])
			.toList();
		assertThat(documented).containsExactlyInAnyOrderElementsOf(ClientProperties.all()
			.stream()
			.map((key) -> "`" + key.name() + "` = " + documentedDefault(key))
			.toList());
	}

	@ParameterizedTest
	@MethodSource("errors")
	void exampleFailsAsDocumented(String report, List<String> example) {
		MockEnvironment environment = new MockEnvironment().withProperty("foo.url", "redis://localhost");
		for (String property : example) {
			String[] keyAndValue = property.split("=", 2);
			environment.setProperty(keyAndValue[0], keyAndValue[1]);
		}
		assertThatExceptionOfType(InvalidClientConfigException.class).isThrownBy(() -> {
			ClientDeclarations.of(environment);
			MetricsConvention.of(environment);
			MetricsConvention.ofSpans(environment);
			RequestConfig.of(environment);
			new ClientConfigReader(environment).read("foo.");
		}).satisfies((failure) -> assertThat(failure.getKey() + ": " + failure.getReason()).isEqualTo(report));
	}

	static Stream<Object[]> errors() {
		return DOCUMENT.rows("| report | example | remedy |")
			.map((row) -> new Object[] { Document.code(row[0]).get(0), Document.code(row[1]) });
	}

	private static String documentedDefault(ConfigProperty<?> key) {
		if (key == ClientProperties.CLIENT_NAME) {
			return "empty";
		}
		return key.defaultText().isEmpty() ? "none" : "`" + key.defaultText() + "`";
	}

}
