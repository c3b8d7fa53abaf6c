package io.github.hotplate.documentation;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prometheus' {@code promtool}, as installed.
 *
 * @param program the executable
 */
public record Promtool(Path program) {

	private static final String NAME = "promtool";

	/**
	 * Find the program on the {@code PATH}.
	 */
	public static Optional<Promtool> find() {
		return find(Optional.ofNullable(System.getenv("PATH")).orElse(""));
	}

	static Optional<Promtool> find(String path) {
		return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
			.splitAsStream(path)
			.map((folder) -> Path.of(folder, NAME))
			.filter(Files::isExecutable)
			.findFirst()
			.map(Promtool::new);
	}

	/**
	 * Run the program.
	 * @param arguments its arguments, such as {@code check rules FILE}
	 * @return how it ended
	 */
	public Outcome run(String... arguments) {
		return run("", arguments);
	}

	/**
	 * Run the program.
	 * @param input what it reads
	 * @param arguments its arguments, such as {@code check metrics}
	 * @return how it ended
	 */
	public Outcome run(String input, String... arguments) {
		try {
			Path in = Files.createTempFile(NAME, ".in");
			Path out = Files.createTempFile(NAME, ".out");
			try {
				Files.writeString(in, input);
				Process process = new ProcessBuilder(
						Stream.concat(Stream.of(this.program.toString()), Stream.of(arguments)).toList())
					.redirectInput(in.toFile())
					.redirectErrorStream(true)
					.redirectOutput(out.toFile())
					.start();
				if (!process.waitFor(1, TimeUnit.MINUTES)) {
					process.destroyForcibly();
					throw new IllegalStateException(NAME + " has not ended within a minute");
				}
				return new Outcome(process.exitValue(), Files.readString(out));
			}
			finally {
				Files.delete(in);
				Files.delete(out);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * How the program ended.
	 *
	 * @param exitCode 0 if it found nothing wrong
	 * @param output what it printed
	 */
	public record Outcome(int exitCode, String output) {

	}

}
