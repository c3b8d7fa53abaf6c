package io.github.hotplate.test;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedisConfig}.
 */
class RedisConfigTests {

	@Test
	void writesOneDirectivePerLine(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("redis.conf");
		new RedisConfig().add("port", 7000).add("save", "").add("replicaof", "127.0.0.1", 7001).writeTo(file);
		assertThat(Files.readAllLines(file)).containsExactly("port \"7000\"", "save \"\"",
				"replicaof \"127.0.0.1\" \"7001\"");
	}

	@Test
	void quotesWhatWouldEndAnArgument(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("redis.conf");
		new RedisConfig().add("requirepass", "a \"b\" \\ c\nd\r").writeTo(file);
		assertThat(Files.readString(file).strip()).isEqualTo("requirepass \"a \\\"b\\\" \\\\ c\\nd\\r\"");
	}

}
