package io.github.hotplate.test;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that servers end with the JVM that started them, however it ends.
 */
class JvmDeathIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@Test
	void serversDieWithAJvmThatIsKilled() throws Exception {
		Process jvm = startJvm();
		Report report = Report.read(jvm);
		assertThat(report.servers()).hasSize(6).allMatch(ProcessHandle::isAlive);
		jvm.destroyForcibly();
		assertNothingIsLeftOf(report);
	}

	@Test
	void serversDieWithAJvmThatExits() throws Exception {
		Process jvm = startJvm();
		Report report = Report.read(jvm);
		jvm.getOutputStream().close();
		assertThat(jvm.waitFor()).isZero();
		assertNothingIsLeftOf(report);
	}

	private static void assertNothingIsLeftOf(Report report) {
		await().atMost(TIMEOUT).untilAsserted(() -> {
			assertThat(report.servers()).noneMatch(ProcessHandle::isAlive);
			assertThat(report.folder()).doesNotExist();
		});
	}

	private static Process startJvm() throws Exception {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		return new ProcessBuilder(java.toString(), "-cp", System.getProperty("java.class.path"),
				"-Dredis.server=" + System.getProperty("redis.server", ""), Application.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
	}

	/**
	 * What the other JVM started.
	 *
	 * @param folder its temporary folder
	 * @param servers its servers
	 */
	private record Report(Path folder, List<ProcessHandle> servers) {

		private static final String PREFIX = "started ";

		static Report of(EmbeddedRedisCluster cluster) {
			return new Report(TemporaryFolder.root(),
					cluster.nodes().stream().map((node) -> ProcessHandle.of(node.pid()).orElseThrow()).toList());
		}

		static Report read(Process jvm) {
			BufferedReader output = new BufferedReader(
					new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
			String[] fields = output.lines()
				.filter((line) -> line.startsWith(PREFIX))
				.findFirst()
				.orElseThrow()
				.substring(PREFIX.length())
				.split(" ");
			List<ProcessHandle> servers = Stream.of(fields)
				.skip(1)
				.map((pid) -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
				.toList();
			assertThat(Files.isDirectory(Path.of(fields[0]))).isTrue();
			return new Report(Path.of(fields[0]), servers);
		}

		void print() {
			StringBuilder line = new StringBuilder(PREFIX).append(this.folder);
			this.servers.forEach((server) -> line.append(' ').append(server.pid()));
			System.out.println(line);
		}

	}

	/**
	 * Starts a cluster with a paused node and never closes it.
	 */
	public static final class Application {

		private Application() {
		}

		public static void main(String[] args) throws Exception {
			EmbeddedRedisCluster cluster = EmbeddedRedisCluster.builder().start();
			Report report = Report.of(cluster);
			cluster.nodes().get(5).pause();
			report.print();
			while (System.in.read() >= 0) {
				// Runs until its parent closes the pipe.
			}
		}

	}

}
