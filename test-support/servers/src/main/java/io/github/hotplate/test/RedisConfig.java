package io.github.hotplate.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code redis.conf} in the making. Secrets go into this file, in a folder only its
 * owner can read, and never onto a command line.
 */
final class RedisConfig {

	private final List<String> lines = new ArrayList<>();

	RedisConfig add(String directive, Object... arguments) {
		StringBuilder line = new StringBuilder(directive);
		for (Object argument : arguments) {
			line.append(' ').append(quoted(argument.toString()));
		}
		this.lines.add(line.toString());
		return this;
	}

	void writeTo(Path file) {
		try {
			Files.write(file, this.lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot write " + file, ex);
		}
	}

	private static String quoted(String argument) {
		String escaped = argument.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
		return '"' + escaped + '"';
	}

}
