package io.github.hotplate.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/public-types.md} lists the public types that no
 * {@code package-info} marks as internal.
 */
class PublicTypesTests {

	private static final String BASE = "io.github.hotplate.";

	private static final Path SOURCES = Path.of("src", "main", "java");

	private static final Pattern INTERNAL = Pattern
		.compile("Internal(?: except for (.*?))?: may change without notice\\.");

	private static final Pattern LINK = Pattern.compile("\\{@link (\\w+)}");

	private static final Set<JavaClass> PUBLIC_TYPES = publicTypes();

	@Test
	void tableListsPublicTypesForUsers() {
		Set<String> documented = Document.of("public-types.md")
			.rows("| package | type | what it is |")
			.map((row) -> Document.code(row[0]).get(0) + "." + Document.code(row[1]).get(0))
			.collect(Collectors.toSet());
		assertThat(documented).isEqualTo(PUBLIC_TYPES.stream()
			.filter(PublicTypesTests::isForUsers)
			.map((type) -> type.getName().substring(BASE.length()))
			.collect(Collectors.toSet()));
	}

	@Test
	void packagesNameNoTypeThatDoesNotExist() {
		Set<String> existing = PUBLIC_TYPES.stream().map(JavaClass::getName).collect(Collectors.toSet());
		assertThat(PUBLIC_TYPES).extracting(JavaClass::getPackageName)
			.isNotEmpty()
			.allSatisfy((room) -> assertThat(existing).containsAll(LINK.matcher(comment(room))
				.results()
				.map((MatchResult link) -> room + "." + link.group(1))
				.toList()));
	}

	private static Set<JavaClass> publicTypes() {
		return new ClassFileImporter()
			.importPath(Path
				.of(HotplateAutoConfiguration.class.getProtectionDomain().getCodeSource().getLocation().getPath()))
			.stream()
			.filter((type) -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
			.collect(Collectors.toSet());
	}

	private static boolean isForUsers(JavaClass type) {
		return INTERNAL.matcher(comment(type.getPackageName()))
			.results()
			.findFirst()
			.map((match) -> (match.group(1) != null) && match.group(1).contains("{@link " + type.getSimpleName() + "}"))
			.orElse(true);
	}

	private static String comment(String room) {
		try {
			return Files.readString(SOURCES.resolve(room.replace('.', '/')).resolve("package-info.java"))
				.replaceAll("\\s+(?:\\*\\s+)?", " ");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
