package io.github.hotplate.contract;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.documentation.Document;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client does for its application, however its servers work together. A mode has a
 * class of its own, which says where its servers are and nothing else; what only one mode
 * does is tested elsewhere.
 */
@ExtendWith({ EmbeddedRedisExtension.class, OutputCaptureExtension.class })
abstract class AbstractClientContractIntegrationTests
		implements ClientDataIntegrationTests, ClientMonitoringIntegrationTests, ClientFailureIntegrationTests {

	private final String mode;

	/**
	 * Those of applications that other tests have left running.
	 */
	private Set<Thread> threadsOfOthers;

	private ContractApplication application;

	/**
	 * Create the tests of a mode.
	 * @param mode the mode, as it is configured and as metrics show it
	 */
	AbstractClientContractIntegrationTests(String mode) {
		this.mode = mode;
	}

	@Override
	public final String mode() {
		return this.mode;
	}

	@Override
	public final ContractApplication application() {
		return this.application;
	}

	@Override
	public List<String> keysTogether() {
		return List.of("{user:1}:name", "{user:1}:visits");
	}

	@BeforeEach
	void start() {
		this.threadsOfOthers = clientThreads();
		redis().flush();
		this.application = new ContractApplication(this.mode, redis().url());
		this.application.start();
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void nothingIsLeftOfClosedClientAndNextOneWorks() {
		foo().opsForValue().set("text", "x");
		ClusterPool pool = this.application.bean(ClusterPool.class);
		assertThat(pool.totalUsage().idle()).isPositive();
		this.application.close();
		assertThat(pool.totalUsage().idle()).isZero();
		Awaitility.await().untilAsserted(() -> assertThat(clientThreads()).allMatch(this.threadsOfOthers::contains));
		this.application.start();
		assertThat(foo().opsForValue().get("text")).isEqualTo("x");
	}

	@Test
	void threadsAreThoseThatTheDocumentationNames() {
		foo().opsForValue().set("text", "x");
		Set<String> documented = Document.of("configuration.md")
			.rows("| thread of a client `foo` | when there is one |")
			.flatMap((row) -> Document.code(row[0]).stream())
			.collect(Collectors.toSet());
		assertThat(clientThreads()).filteredOn((thread) -> !this.threadsOfOthers.contains(thread))
			.isNotEmpty()
			.extracting((thread) -> thread.getName().replaceFirst("-sentinel-.+", "-sentinel-host:port"))
			.isSubsetOf(documented);
	}

	private static Set<Thread> clientThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("hotplate-foo-"))
			.collect(Collectors.toSet());
	}

}
