package io.github.hotplate.template;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.context.request.RequestContextHolder;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One injected template in all places of a servlet application where code runs.
 */
@ExtendWith({ EmbeddedRedisExtension.class, OutputCaptureExtension.class })
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "logging.level.io.github.hotplate.template=debug")
class ServletApplicationIntegrationTests {

	private static final Duration WAIT = Duration.ofSeconds(10);

	private static EmbeddedRedisCluster cluster;

	@LocalServerPort
	private int port;

	@Autowired
	private MonitoredRedisTemplate foo;

	@Autowired
	private Background background;

	@Autowired
	private CommandController controller;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("foo.url", cluster::url);
	}

	@Test
	void eachRequestHasItsOwnDiagnostics() {
		assertThat(get("/commands?count=3")).isEqualTo("3 commands, 0 failed");
		assertThat(get("/commands?count=1")).isEqualTo("1 commands, 0 failed");
		assertThat(IntStream.range(1, 20)
			.parallel()
			.mapToObj((count) -> get("/commands?count=" + count).equals(count + " commands, 0 failed")))
			.containsOnly(true);
	}

	@Test
	void diagnosticsCountFailures() {
		assertThat(get("/failure")).isEqualTo("2 commands, 1 failed");
	}

	@Test
	void diagnosticsCountPipelineAsOneCommand() {
		assertThat(get("/pipeline")).isEqualTo("1 commands, 0 failed");
	}

	@Test
	void diagnosticsAreLoggedAtEndOfRequest(CapturedOutput output) {
		get("/commands?count=7");
		Awaitility.await()
			.untilAsserted(() -> assertThat(output)
				.containsPattern("Redis client 'foo' in this request: 7 commands, 0 failed, "));
	}

	@Test
	void asynchronousRequestKeepsItsDiagnostics() {
		assertThat(get("/callable")).isEqualTo("2 commands, 0 failed");
	}

	@Test
	void requestsLeaveSharedDiagnosticsAlone() {
		assertThat(this.background.scheduled()).succeedsWithin(WAIT);
		long before = this.foo.diagnostics().commands();
		get("/commands?count=3");
		assertThat(this.foo.diagnostics().commands()).isEqualTo(before);
		this.foo.hasKey("any");
		assertThat(this.foo.diagnostics().commands()).isEqualTo(before + 1);
	}

	@Test
	void worksWhileApplicationStarts() {
		assertThat(this.background.atStartup()).isEqualTo(1);
	}

	@Test
	void worksInScheduledMethod() {
		assertThat(this.background.scheduled()).succeedsWithin(WAIT).isEqualTo(1L);
	}

	@Test
	void worksInAsyncMethodThatOutlivesItsRequest() {
		get("/async");
		assertThat(this.controller.asyncCount).isNotDone();
		this.controller.asyncGate.countDown();
		assertThat(this.controller.asyncCount).succeedsWithin(WAIT).isEqualTo(1L);
	}

	@Test
	void worksOnThreadThatInheritedRequestAndOutlivesIt() {
		get("/heir");
		assertThat(this.controller.heirCount).isNotDone();
		this.controller.heirGate.countDown();
		assertThat(this.controller.heirCount).succeedsWithin(WAIT).isEqualTo(1L);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void worksOnVirtualThread() {
		assertThat(new VirtualThreadTaskExecutor("virtual-").submitCompletable(() -> this.background.count("virtual")))
			.succeedsWithin(WAIT)
			.isEqualTo(1L);
	}

	private String get(String path) {
		return RestClient.create("http://127.0.0.1:" + this.port).get().uri(path).retrieve().body(String.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableAsync
	@EnableScheduling
	@Import({ CommandController.class, Background.class })
	static class Application {

	}

	@RestController
	static class CommandController {

		private final MonitoredRedisTemplate foo;

		private final Background background;

		private final CountDownLatch asyncGate = new CountDownLatch(1);

		private final CountDownLatch heirGate = new CountDownLatch(1);

		private volatile CompletableFuture<Long> asyncCount;

		private volatile CompletableFuture<Long> heirCount;

		CommandController(MonitoredRedisTemplate foo, Background background) {
			this.foo = foo;
			this.background = background;
		}

		@GetMapping("/commands")
		String commands(@RequestParam int count) {
			IntStream.range(0, count).forEach((i) -> this.foo.hasKey("key:" + i));
			return diagnostics();
		}

		@GetMapping("/failure")
		String failure() {
			this.foo.opsForValue().set("text", "x");
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.foo.opsForList().leftPush("text", "x"));
			return diagnostics();
		}

		@GetMapping("/pipeline")
		String pipeline() {
			this.foo.executePipelined((RedisCallback<Object>) (connection) -> {
				IntStream.range(0, 10).forEach((i) -> connection.keyCommands().exists(new byte[] { (byte) i }));
				return null;
			});
			return diagnostics();
		}

		@GetMapping("/callable")
		Callable<String> callable() {
			this.foo.hasKey("key");
			return () -> commands(1);
		}

		@GetMapping("/async")
		void async() {
			this.asyncCount = this.background.countAfter(this.asyncGate, "async");
		}

		@GetMapping("/heir")
		void heir() {
			RequestContextHolder.setRequestAttributes(RequestContextHolder.currentRequestAttributes(), true);
			this.heirCount = CompletableFuture.supplyAsync(() -> this.background.count("heir", this.heirGate),
					(task) -> new Thread(task, "heir").start());
		}

		private String diagnostics() {
			RequestDiagnostics diagnostics = this.foo.diagnostics();
			return diagnostics.commands() + " commands, " + diagnostics.failures() + " failed";
		}

	}

	static class Background {

		private final StringRedisTemplate foo;

		private final CompletableFuture<Long> scheduled = new CompletableFuture<>();

		private final long atStartup;

		Background(StringRedisTemplate foo) {
			this.foo = foo;
			this.atStartup = count("start-up");
		}

		long atStartup() {
			return this.atStartup;
		}

		CompletableFuture<Long> scheduled() {
			return this.scheduled;
		}

		@Scheduled(fixedDelay = 1, timeUnit = TimeUnit.HOURS)
		void schedule() {
			this.scheduled.complete(count("scheduled"));
		}

		@Async
		CompletableFuture<Long> countAfter(CountDownLatch gate, String key) {
			return CompletableFuture.completedFuture(count(key, gate));
		}

		long count(String key, CountDownLatch gate) {
			try {
				assertThat(gate.await(WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
			return count(key);
		}

		long count(String key) {
			return Objects.requireNonNull(this.foo.opsForValue().increment(key));
		}

	}

}
