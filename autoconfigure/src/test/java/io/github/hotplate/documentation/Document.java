package io.github.hotplate.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A document in Markdown, whose tables are compared with the code.
 *
 * @param text the whole text
 */
public record Document(String text) {

	private static final Pattern CODE = Pattern.compile("(?<!`)`([^`]+)`(?!`)");

	/**
	 * Read a document.
	 * @param name its file in the folder {@code docs}
	 */
	public static Document of(String name) {
		return of(Path.of("..", "docs", name));
	}

	/**
	 * Read a document outside the folder {@code docs}.
	 * @param name its file in the root of the project
	 */
	public static Document ofRoot(String name) {
		return of(Path.of("..", name));
	}

	private static Document of(Path path) {
		try {
			return new Document(Files.readString(path));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read {@code README.md} and all documents in the folder {@code docs}.
	 */
	public static List<Document> all() {
		try (Stream<Path> docs = Files.list(Path.of("..", "docs"))) {
			return Stream.concat(Stream.of(Path.of("..", "README.md")), docs)
				.filter((path) -> path.toString().endsWith(".md"))
				.map(Document::of)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the rows of all tables that have a header.
	 * @param header the line of the header
	 * @return the cells of each row
	 */
	public Stream<String[]> rows(String header) {
		List<String> lines = this.text.lines().toList();
		return IntStream.range(0, lines.size())
			.filter((line) -> lines.get(line).equals(header))
			.mapToObj((line) -> lines.subList(line + 2, lines.size()))
			.flatMap((rows) -> rows.stream().takeWhile((line) -> line.startsWith("|")))
			.map((line) -> line.substring(1).strip().split("\\s*\\|\\s*"));
	}

	/**
	 * Return what is written as code.
	 * @param text a cell, or a whole text
	 */
	public static List<String> code(String text) {
		return CODE.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
	}

}
