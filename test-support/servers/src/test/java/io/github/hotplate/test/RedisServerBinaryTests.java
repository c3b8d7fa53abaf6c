package io.github.hotplate.test;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RedisServerBinary}.
 */
class RedisServerBinaryTests {

	@ParameterizedTest
	@CsvSource({ "Linux, amd64", "Linux, aarch64", "Linux, i386", "Mac OS X, x86_64", "Mac OS X, aarch64" })
	void shipsServerFor(String osName, String osArch) {
		assertThat(RedisServerBinary.resource(osName, osArch)).isNotNull();
	}

	@Test
	void copiesShippedServerOnce() {
		Path binary = RedisServerBinary.locate("", System.getProperty("os.name"), System.getProperty("os.arch"));
		assertThat(binary).isExecutable().startsWith(TemporaryFolder.root());
		assertThat(RedisServerBinary.locate("", System.getProperty("os.name"), System.getProperty("os.arch")))
			.isEqualTo(binary);
	}

	@Test
	void prefersChosenServer(@TempDir Path folder) throws Exception {
		Path chosen = Files.createFile(folder.resolve("my-redis"));
		assertThat(chosen.toFile().setExecutable(true)).isTrue();
		assertThat(RedisServerBinary.locate(chosen.toString(), "Linux", "riscv64")).isEqualTo(chosen);
	}

	@Test
	void refusesChosenFileThatCannotBeRun(@TempDir Path folder) {
		Path missing = folder.resolve("missing");
		assertThatExceptionOfType(EmbeddedRedisException.class)
			.isThrownBy(() -> RedisServerBinary.locate(missing.toString(), "Linux", "amd64"))
			.withMessage("-Dredis.server=%s is not an executable file: name a redis-server, or leave the property out",
					missing);
	}

	@Test
	void saysWhatToDoWhereNoServerIsShipped() {
		assertThatExceptionOfType(EmbeddedRedisException.class)
			.isThrownBy(() -> RedisServerBinary.locate("", "Linux", "riscv64"))
			.withMessage("No redis-server is shipped for Linux on riscv64: pass -Dredis.server=/path/to/redis-server, "
					+ "or set the client's URL (for example foo.url) to a Redis of your own or to one in Docker");
	}

	@Test
	void saysWhatToDoOnWindows() {
		assertThatExceptionOfType(EmbeddedRedisException.class)
			.isThrownBy(() -> RedisServerBinary.locate("C:\\redis-server.exe", "Windows 11", "amd64"))
			.withMessage("Embedded Redis does not run on Windows 11: "
					+ "set the client's URL (for example foo.url) to a Redis of your own or to one in Docker");
	}

}
