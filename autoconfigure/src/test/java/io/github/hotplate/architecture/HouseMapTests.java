package io.github.hotplate.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.github.hotplate.documentation.Document;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the map of the house in {@code CONTRIBUTING.md} shows the packages and files
 * that exist.
 */
class HouseMapTests {

	private static final Document DOCUMENT = Document.ofRoot("CONTRIBUTING.md");

	private static final Path HOUSE = Path.of("src", "main", "java", "io", "github", "hotplate");

	private static final Pattern PICTURE = Pattern.compile("```mermaid\\n(.*?)```", Pattern.DOTALL);

	private static final Pattern ARROW = Pattern.compile("(\\w+)(?:[\\[(].*[\\])])?\\s*-->(?:\\|.*\\|)?\\s*(\\w+)");

	private static final Pattern PACKAGE_COMMENT = Pattern.compile("/\\*\\*(.*?)(?:<p>|\\*/)", Pattern.DOTALL);

	private static final Set<String> OUTSIDE = Set.of("controller", "redis");

	@Test
	void mapShowsRoomsFromTopFloorDown() {
		assertThat(rooms()).extracting((row) -> Document.code(row[0]).get(0))
			.containsExactlyElementsOf(Floors.FROM_THE_TOP);
	}

	@Test
	void mapDescribesRoomsAsTheirPackagesDo() {
		assertThat(rooms()).isNotEmpty()
			.allSatisfy((row) -> assertThat(row[1]).isEqualTo(description(Document.code(row[0]).get(0))));
	}

	@Test
	void pictureShowsRoomsThatExist() {
		assertThat(arrows()).hasSizeGreaterThan(10)
			.flatExtracting((arrow) -> List.of(arrow.group(1), arrow.group(2)))
			.filteredOn((node) -> !OUTSIDE.contains(node))
			.isSubsetOf(Floors.FROM_THE_TOP);
	}

	@Test
	void pictureLeadsFromControllerToRedis() {
		assertThat(arrows().get(0).group(1)).isEqualTo("controller");
		assertThat(arrows().get(arrows().size() - 1).group(2)).isEqualTo("redis");
	}

	@Test
	void twentyQuestionsAreAnswered() {
		assertThat(questions()).extracting((row) -> row[0]).hasSize(20).doesNotHaveDuplicates();
	}

	@Test
	void questionsAreAnsweredByFilesThatExist() {
		assertThat(questions()).allSatisfy((row) -> assertThat(Document.code(row[1])).isNotEmpty()
			.allSatisfy((file) -> assertThat(HOUSE.resolve(file)).isRegularFile()));
	}

	private static List<String[]> rooms() {
		return DOCUMENT.rows("| room | what it is for |").toList();
	}

	private static List<String[]> questions() {
		return DOCUMENT.rows("| question | file |").toList();
	}

	private static List<MatchResult> arrows() {
		String picture = PICTURE.matcher(DOCUMENT.text())
			.results()
			.map((match) -> match.group(1))
			.findFirst()
			.orElseThrow();
		return picture.lines().flatMap((line) -> ARROW.matcher(line).results()).toList();
	}

	private static String description(String room) throws IOException {
		String source = Files.readString(HOUSE.resolve(room).resolve("package-info.java"));
		return PACKAGE_COMMENT.matcher(source)
			.results()
			.map((match) -> match.group(1).replaceAll("\\s+\\*\\s*", " ").strip())
			.findFirst()
			.orElseThrow();
	}

}
