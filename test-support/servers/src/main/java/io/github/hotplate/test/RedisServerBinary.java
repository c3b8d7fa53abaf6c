package io.github.hotplate.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Finds the {@code redis-server} to run: the one named by the system property
 * {@value #PROPERTY}, or else the one for this platform inside the embedded-redis
 * artifact, copied to disk once per JVM.
 */
final class RedisServerBinary {

	static final String PROPERTY = "redis.server";

	private static final String REMEDY = "set the client's URL (for example foo.url) to a Redis of your own or to one in Docker";

	private static @Nullable Path shipped;

	private RedisServerBinary() {
	}

	static Path locate() {
		return locate(System.getProperty(PROPERTY, ""), System.getProperty("os.name"), System.getProperty("os.arch"));
	}

	static Path locate(String chosen, String osName, String osArch) {
		if (os(osName) == null) {
			throw new EmbeddedRedisException("Embedded Redis does not run on %s: %s".formatted(osName, REMEDY));
		}
		if (!chosen.isBlank()) {
			return chosen(Path.of(chosen.strip()));
		}
		URL resource = resource(osName, osArch);
		if (resource == null) {
			throw new EmbeddedRedisException(
					"No redis-server is shipped for %s on %s: pass -D%s=/path/to/redis-server, or %s".formatted(osName,
							osArch, PROPERTY, REMEDY));
		}
		return shipped(resource);
	}

	private static Path chosen(Path path) {
		if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
			throw new EmbeddedRedisException(
					"-D%s=%s is not an executable file: name a redis-server, or leave the property out"
						.formatted(PROPERTY, path));
		}
		return path.toAbsolutePath();
	}

	private static synchronized Path shipped(URL resource) {
		Path binary = shipped;
		if (binary == null) {
			binary = copy(resource);
			shipped = binary;
		}
		return binary;
	}

	private static Path copy(URL resource) {
		Path target = TemporaryFolder.sharedFile("redis-server");
		try (InputStream source = resource.openStream()) {
			Files.copy(source, target);
			if (!target.toFile().setExecutable(true)) {
				throw new IOException(target + " cannot be made executable");
			}
			return target;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot copy redis-server to " + target, ex);
		}
	}

	static @Nullable URL resource(String osName, String osArch) {
		return RedisServerBinary.class.getResource("/redis-server-7.0.15-%s-%s".formatted(os(osName), arch(osArch)));
	}

	private static @Nullable String os(String name) {
		String lowerCase = name.toLowerCase(Locale.ROOT);
		if (lowerCase.startsWith("linux")) {
			return "linux";
		}
		return lowerCase.startsWith("mac") ? "darwin" : null;
	}

	private static String arch(String name) {
		return switch (name) {
			case "x86_64" -> "amd64";
			case "aarch64" -> "arm64";
			case "x86", "i386", "i686" -> "386";
			default -> name;
		};
	}

}
