package io.github.hotplate.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.hotplate.documentation.Document;
import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecondRuns}.
 */
class SecondRunsTests {

	@Test
	@Report("second run after a lost reply")
	void harmOfEachSecondRunIsDocumented() {
		Map<String, String> documented = new HashMap<>();
		Document.of("retries.md")
			.rows("| command | may run twice | a second run |")
			.forEach((row) -> Document.code(row[0]).forEach((command) -> documented.put(command, row[2])));
		assertThat(documented).isEqualTo(SecondRuns.writes()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().harm())));
	}

	static List<String> documentedAsNotRepeated() {
		return Document.of("retries.md")
			.rows("| command | a second run |")
			.flatMap((row) -> Document.code(row[0]).stream())
			.filter((command) -> !List
				.of("$", "NOACK", "GET", "STORE", "SET", "EXPIRE", "GETEX", "XREAD", "XREADGROUP", "JSON.SET")
				.contains(command))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("documentedAsNotRepeated")
	void whatIsDocumentedAsNotRepeatedIsNot(String command) {
		assertThat(CommandSpecs.of(Commands.arguments(command)).idempotence()).isEqualTo(Idempotence.NEVER);
	}

}
