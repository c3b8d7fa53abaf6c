package io.github.hotplate.benchmark.harness;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The results of a benchmark as Markdown, shown as they come in.
 *
 * @since 0.1.0
 */
public final class Report {

	private final PrintStream console;

	private final StringBuilder markdown = new StringBuilder();

	Report(PrintStream console) {
		this.console = console;
	}

	/**
	 * Write a heading.
	 * @param level 1 for the title of the report
	 * @param text the heading
	 */
	public void heading(int level, String text) {
		write("#".repeat(level) + " " + text);
	}

	/**
	 * Write a paragraph.
	 * @param text the text
	 */
	public void paragraph(String text) {
		write(text);
	}

	/**
	 * Write a table.
	 * @param table the table
	 */
	public void table(Table table) {
		write(table.toString());
	}

	private void write(String block) {
		String separator = this.markdown.isEmpty() ? "" : "\n";
		this.markdown.append(separator).append(block).append('\n');
		this.console.println(separator + block);
	}

	/**
	 * Tell what is going on, on the console only.
	 * @param text the text
	 */
	public void progress(String text) {
		this.console.println("... " + text);
	}

	void save(Path file) throws IOException {
		Files.writeString(file, this.markdown, StandardCharsets.UTF_8);
	}

}
