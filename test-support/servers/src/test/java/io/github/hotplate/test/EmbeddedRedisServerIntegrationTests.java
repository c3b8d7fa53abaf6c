package io.github.hotplate.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link EmbeddedRedisServer}.
 */
class EmbeddedRedisServerIntegrationTests {

	@Test
	void servesOnItsUrl() {
		try (EmbeddedRedisServer server = EmbeddedRedisServer.builder().option("maxmemory", "64mb").start()) {
			RedisNode node = server.node();
			assertThat(server.url()).isEqualTo("redis://127.0.0.1:" + node.port());
			assertThat(node.id()).isEqualTo("127.0.0.1:" + node.port());
			assertThat(node.execute("CONFIG", "GET", "maxmemory")).asString().contains("67108864");
			node.execute("SET", "key", "value");
			server.flush();
			assertThat(node.execute("GET", "key")).isNull();
		}
	}

	@Test
	void comesBackAfterKill() {
		try (EmbeddedRedisServer server = EmbeddedRedisServer.builder().password("secret").start()) {
			server.node().kill();
			server.awaitHealthy();
			assertThat(server.node().execute("PING")).isEqualTo("PONG");
		}
	}

	@Test
	void nothingIsLeftAfterClose() throws Exception {
		List<Path> before = files();
		EmbeddedRedisServer server = EmbeddedRedisServer.builder().start();
		ProcessHandle process = ProcessHandle.of(server.node().pid()).orElseThrow();
		server.close();
		assertThat(process.isAlive()).isFalse();
		assertThat(files()).isEqualTo(before);
		server.close();
	}

	@Test
	void isStartedOnlyOnce() {
		try (EmbeddedRedisServer server = EmbeddedRedisServer.builder().start()) {
			assertThatIllegalStateException().isThrownBy(server::start)
				.withMessage("Already started: build another one");
		}
	}

	@Test
	void failureShowsWhatTheServerSaidAndLeavesNothing() throws Exception {
		List<Path> before = files();
		assertThatExceptionOfType(EmbeddedRedisException.class)
			.isThrownBy(() -> EmbeddedRedisServer.builder().option("maxmemory", "a lot").start())
			.withMessageContaining("redis-server on 127.0.0.1:")
			.withMessageContaining("argument must be a memory value");
		assertThat(files()).isEqualTo(before);
	}

	private static List<Path> files() throws Exception {
		RedisServerBinary.locate();
		try (Stream<Path> files = Files.list(TemporaryFolder.root())) {
			return files.sorted().toList();
		}
	}

}
