package io.github.hotplate.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ValueOperations;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.result.MockMvcResultMatchers;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.request.RequestContextHolder;

import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that a request and its helpers send counts for the request, whichever API it
 * comes by and whichever thread it runs on.
 */
@ExtendWith(EmbeddedRedisExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.cache.type=redis", "spring.task.execution.propagate-context=true" })
class RequestActivityIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	@LocalServerPort
	private int port;

	@Autowired
	private MonitoredRedisTemplate foo;

	@Autowired
	private Helpers helpers;

	@Autowired
	private Squares squares;

	@Autowired
	private WebApplicationContext context;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("foo.url", cluster::url);
	}

	@Test
	void cachedMethodCounts() {
		assertThat(get("/cached")).isEqualTo("2 commands");
		assertThat(get("/cached")).isEqualTo("1 commands");
	}

	@Test
	void cachedMethodThatReturnsFutureCounts() {
		this.squares.later(1).join();
		Awaitility.await().until(() -> this.foo.hasKey("later::1"));
		RedisActivity activity = RedisActivity.record(() -> this.squares.later(1).join());
		assertThat(activity.commands("GET")).isOne();
		assertThat(activity.commands()).isOne();
	}

	@Test
	void repositoryCounts() {
		RedisActivity activity = RedisActivity.record(() -> this.helpers.look("repository"));
		assertThat(activity.commands("HGETALL")).isOne();
		assertThat(get("/repository")).isEqualTo(activity.commands() + " commands");
	}

	@Test
	void keptOperationsCount() {
		assertThat(get("/kept")).isEqualTo("1 commands");
	}

	@Test
	void templateOnInjectedConnectionFactoryCounts() {
		assertThat(get("/factory")).isEqualTo("1 commands");
	}

	@Test
	void asynchronousMethodCounts() {
		assertThat(get("/async")).isEqualTo("2 commands");
	}

	@Test
	void threadsThatInheritRequestCount() {
		assertThat(get("/heirs")).isEqualTo("4 commands");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsThatInheritRequestCount() {
		assertThat(get("/virtual")).isEqualTo("1 commands");
	}

	@Test
	void recordedCodeSeesAsynchronousMethod() {
		RedisActivity activity = RedisActivity.record(() -> this.helpers.async().join());
		assertThat(activity.commands("EXISTS")).isOne();
	}

	@Test
	void recordedCodeSeesRequestsOfMockMvc() throws Exception {
		MockMvc mockMvc = MockMvcBuilders.webAppContextSetup(this.context).build();
		RedisActivity activity = RedisActivity.record(() -> mockMvc.perform(MockMvcRequestBuilders.get("/kept"))
			.andExpect(MockMvcResultMatchers.content().string("1 commands")));
		assertThat(activity.commands()).isOne();
	}

	@Test
	void requestsDoNotCountForThreadThatWaitsForThem() {
		long before = this.foo.diagnostics().commands();
		RedisActivity activity = RedisActivity.record(() -> get("/kept"));
		assertThat(activity.commands()).isZero();
		assertThat(this.foo.diagnostics().commands()).isEqualTo(before);
	}

	private String get(String path) {
		return RestClient.create("http://127.0.0.1:" + this.port).get().uri(path).retrieve().body(String.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableAsync
	@EnableCaching
	@Import(LookController.class)
	static class Application {

		@Bean
		Squares squares() {
			return new Squares();
		}

		@Bean
		Helpers helpers(MonitoredRedisTemplate foo, RedisConnectionFactory factory, BookRepository books,
				Squares squares) {
			return new Helpers(foo, factory, books, squares);
		}

	}

	@RestController
	static class LookController {

		private final MonitoredRedisTemplate foo;

		private final Helpers helpers;

		LookController(MonitoredRedisTemplate foo, Helpers helpers) {
			this.foo = foo;
			this.helpers = helpers;
		}

		@GetMapping("/{way}")
		String look(@PathVariable String way) {
			if (way.equals("async")) {
				this.foo.hasKey("a");
				this.helpers.async().join();
			}
			else {
				this.helpers.look(way);
			}
			return this.foo.diagnostics().commands() + " commands";
		}

	}

	static class Squares {

		private final AtomicInteger calculations = new AtomicInteger();

		@Cacheable("squares")
		int of(int number) {
			this.calculations.incrementAndGet();
			return number * number;
		}

		@Cacheable("later")
		CompletableFuture<Integer> later(int number) {
			return CompletableFuture.completedFuture(number * number);
		}

	}

	static class Helpers {

		private final StringRedisTemplate foo;

		private final ValueOperations<String, String> kept;

		private final StringRedisTemplate own;

		private final BookRepository books;

		private final Squares squares;

		Helpers(StringRedisTemplate foo, RedisConnectionFactory factory, BookRepository books, Squares squares) {
			this.foo = foo;
			this.kept = foo.opsForValue();
			this.own = new StringRedisTemplate(factory);
			this.books = books;
			this.squares = squares;
		}

		void look(String way) {
			switch (way) {
				case "cached" -> this.squares.of(1);
				case "repository" -> this.books.findById("none");
				case "kept" -> this.kept.get("a");
				case "factory" -> this.own.hasKey("a");
				case "heirs" -> heirs(4, (task) -> new Thread(task).start());
				case "virtual" -> heirs(1, new VirtualThreadTaskExecutor("virtual-")::execute);
				default -> throw new IllegalArgumentException(way);
			}
		}

		private void heirs(int number, Consumer<Runnable> starter) {
			RequestContextHolder.setRequestAttributes(RequestContextHolder.currentRequestAttributes(), true);
			Executor executor = starter::accept;
			CompletableFuture
				.allOf(IntStream.range(0, number)
					.mapToObj((i) -> CompletableFuture.runAsync(() -> this.foo.hasKey("a" + i), executor))
					.toArray(CompletableFuture<?>[]::new))
				.join();
		}

		@Async
		CompletableFuture<Void> async() {
			this.foo.hasKey("a");
			return CompletableFuture.completedFuture(null);
		}

	}

}
