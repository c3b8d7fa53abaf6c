package io.github.hotplate.documentation;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import io.github.hotplate.reports.Report;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/reports.md} names, for every report, the tests that keep it
 * fixed.
 */
class ReportsDocumentTests {

	@Test
	void everyReportNamesItsTests() {
		Map<String, Set<String>> documented = new TreeMap<>();
		Document.of("reports.md").rows("| report | what happens now | test |").forEach((row) -> {
			assertThat(documented).doesNotContainKey(row[0]);
			documented.put(row[0], new TreeSet<>(Document.code(row[2])));
		});
		assertThat(documented).isEqualTo(tests());
	}

	private static Map<String, Set<String>> tests() {
		Map<String, Set<String>> tests = new TreeMap<>();
		new ClassFileImporter()
			.importPath(
					Path.of(ReportsDocumentTests.class.getProtectionDomain().getCodeSource().getLocation().getPath()))
			.stream()
			.flatMap((type) -> type.getMethods().stream())
			.filter((method) -> method.isAnnotatedWith(Report.class))
			.forEach((method) -> Stream.of(method.getAnnotationOfType(Report.class).value())
				.forEach((report) -> tests.computeIfAbsent(report, (key) -> new TreeSet<>()).add(name(method))));
		return tests;
	}

	private static String name(JavaMethod method) {
		return method.getOwner().getSimpleName() + "." + method.getName();
	}

}
