package io.github.hotplate.sample.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds programs on the {@code PATH}.
 */
final class Executables {

	private Executables() {
	}

	static Optional<Path> find(String... names) {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return Stream.of(names)
			.flatMap((name) -> Pattern.compile(File.pathSeparator, Pattern.LITERAL)
				.splitAsStream(path)
				.map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

}
