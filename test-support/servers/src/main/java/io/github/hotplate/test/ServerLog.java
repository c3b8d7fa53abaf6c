package io.github.hotplate.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a server, or the shell that failed to start it, has written.
 *
 * @param file where it is written
 */
record ServerLog(Path file) {

	private static final int TAIL = 12;

	/**
	 * Return the last lines, each on a line of its own for the end of a message.
	 * @return the lines, preceded by line breaks
	 */
	String tail() {
		List<String> lines = lines();
		return lines.stream().skip(Math.max(0, lines.size() - TAIL)).collect(Collectors.joining("\n  ", "\n  ", ""));
	}

	private List<String> lines() {
		try {
			// Lenient: a log may hold any bytes.
			return Files.readAllLines(this.file, StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read " + this.file, ex);
		}
	}

}
