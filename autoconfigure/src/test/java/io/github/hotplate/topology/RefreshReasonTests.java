package io.github.hotplate.topology;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.hotplate.documentation.Document;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RefreshReason}.
 */
class RefreshReasonTests {

	@Test
	void reasonsAreDocumented() {
		assertThat(Document.of("monitoring.md")
			.rows("| reason | what happened |")
			.map((row) -> Document.code(row[0]).get(0)))
			.containsExactlyInAnyOrderElementsOf(Stream.of(RefreshReason.values()).map(RefreshReason::label).toList());
	}

}
