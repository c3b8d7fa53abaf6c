package io.github.hotplate.benchmark.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A table in Markdown, its columns aligned for those who read it as text.
 *
 * @since 0.1.0
 */
public final class Table {

	private final List<List<String>> rows = new ArrayList<>();

	/**
	 * Begin a table.
	 * @param columns the headings of its columns
	 */
	public Table(String... columns) {
		this.rows.add(List.of(columns));
	}

	/**
	 * Add a row.
	 * @param cells one value a column
	 * @return this table
	 */
	public Table row(Object... cells) {
		if (cells.length != columns()) {
			throw new IllegalArgumentException(cells.length + " cells for " + columns() + " columns");
		}
		this.rows.add(Stream.of(cells).map(String::valueOf).toList());
		return this;
	}

	private int columns() {
		return this.rows.get(0).size();
	}

	@Override
	public String toString() {
		int[] widths = IntStream.range(0, columns())
			.map((column) -> this.rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0))
			.toArray();
		String rule = IntStream.of(widths)
			.mapToObj((width) -> "-".repeat(width + 2))
			.collect(Collectors.joining("|", "|", "|"));
		List<String> lines = new ArrayList<>(this.rows.stream().map((row) -> line(row, widths)).toList());
		lines.add(1, rule);
		return String.join("\n", lines);
	}

	private static String line(List<String> row, int[] widths) {
		return IntStream.range(0, widths.length)
			.mapToObj((column) -> row.get(column) + " ".repeat(widths[column] - row.get(column).length()))
			.collect(Collectors.joining(" | ", "| ", " |"));
	}

}
