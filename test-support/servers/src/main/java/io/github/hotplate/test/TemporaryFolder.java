package io.github.hotplate.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one folder of this JVM in which everything lives that embedded servers need. It
 * goes when the JVM exits, or with the last server that the JVM left running (see
 * {@link RedisServerProcess}).
 */
final class TemporaryFolder {

	private TemporaryFolder() {
	}

	static Path root() {
		return Root.PATH;
	}

	/**
	 * Name a file that all servers of this JVM share and that is deleted when it exits.
	 * @param name the file's name
	 * @return its path
	 */
	static Path sharedFile(String name) {
		Path file = root().resolve(name);
		file.toFile().deleteOnExit();
		return file;
	}

	static Path create(Path parent, String prefix) {
		try {
			return Files.createTempDirectory(parent, prefix);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot create a folder in " + parent, ex);
		}
	}

	static void delete(Path folder) {
		try (Stream<Path> paths = Files.walk(folder)) {
			List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
			for (Path path : deepestFirst) {
				Files.deleteIfExists(path);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot delete " + folder, ex);
		}
	}

	private static final class Root {

		private static final Path PATH = create();

		private static Path create() {
			try {
				Path root = Files.createTempDirectory("hotplate-redis-");
				root.toFile().deleteOnExit();
				return root;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(
						"Cannot create a temporary folder in " + System.getProperty("java.io.tmpdir"), ex);
			}
		}

	}

}
