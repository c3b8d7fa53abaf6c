package io.github.hotplate.request;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What requests do to Redis, told by a real server in every way in which it serves them.
 */
@ExtendWith({ EmbeddedRedisExtension.class, OutputCaptureExtension.class })
@SpringBootTest(classes = ShopApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "hotplate.request.server_timing=true", "hotplate.request.warn_commands=40",
				"spring.task.execution.propagate-context=true", "foo.mode=standalone", "bar.mode=standalone" })
class RedisRequestIntegrationTests {

	private static final Duration WAIT = Duration.ofSeconds(20);

	private static EmbeddedRedisServer server;

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private RouteStatistics statistics;

	@Autowired
	private ShopApplication.Observations observations;

	@Autowired
	private MeterRegistry registry;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("foo.url", server::url);
		registry.add("bar.url", server::url);
	}

	@BeforeEach
	void reset() {
		this.statistics.reset();
	}

	@ParameterizedTest
	@CsvSource({ "/items/0, 0 commands", "/items/1, 1 command", "/flush, 2 commands", "/stream-flush, 2 commands",
			"/writer-flush, 2 commands", "/writer-check, 2 commands", "/stream-close, 2 commands",
			"/writer-close, 2 commands", "/stream-full, 2 commands", "/stream-bytes, 2 commands",
			"/writer-full, 2 commands", "/length, 2 commands", "/reset, 2 commands", "/send-error, 2 commands",
			"/redirect, 2 commands", "/entity, 2 commands", "/status, 2 commands", "/exception, 2 commands",
			"/callable/1, 2 commands", "/callable-exception, 2 commands", "/async, 2 commands", "/deferred, 2 commands",
			"/timeout, 2 commands", "/streaming, 2 commands", "/events, 2 commands", "/forward, 2 commands",
			"/functional/1, 2 commands", "/legacy/1, 2 commands" })
	void tellsBrowserBeforeResponseIsCommitted(String path, String commands) {
		assertThat(serverTiming("GET", path)).singleElement()
			.asString()
			.matches("redis;dur=\\d+\\.\\d;desc=\"" + commands + "\"");
	}

	@Test
	void tellsBrowserOfResponseWithoutBody() {
		assertThat(serverTiming("HEAD", "/items/2")).singleElement().asString().endsWith("desc=\"2 commands\"");
	}

	@Test
	void tellsBrowserOfEachClient() {
		assertThat(serverTiming("GET", "/both")).singleElement()
			.asString()
			.matches("redis;dur=[\\d.]+;desc=\"3 commands\", redis\\.bar;dur=[\\d.]+;desc=\"bar: 1 command\","
					+ " redis\\.foo;dur=[\\d.]+;desc=\"foo: 2 commands\"");
	}

	@Test
	void tellsBrowserOfFailures() {
		assertThat(serverTiming("GET", "/failing")).singleElement().asString().endsWith("\"2 commands, 1 failed\"");
	}

	@Test
	void leavesTimingsOfApplicationAlone() {
		List<String> timings = serverTiming("GET", "/own");
		assertThat(timings).hasSize(3).startsWith("db;dur=53", "cache;desc=\"hit\"");
		assertThat(timings.get(2)).startsWith("redis;dur=").endsWith("\"2 commands\"");
	}

	@Test
	void tellsBrowserAlthoughApplicationReplacesHeader() {
		List<String> timings = serverTiming("GET", "/own-late");
		assertThat(timings).hasSize(2).startsWith("db;dur=53");
		assertThat(timings.get(1)).endsWith("\"2 commands\"");
	}

	@ParameterizedTest
	@CsvSource({ "/items/3, 3", "/send-error, 2", "/exception, 2", "/callable/1, 2", "/async, 2", "/deferred, 2",
			"/timeout, 2", "/streaming, 5", "/events, 5", "/forward, 2", "/raw-async, 2" })
	void observationOfRequestKnowsCommands(String path, String commands) {
		get(path);
		Awaitility.await()
			.atMost(WAIT)
			.untilAsserted(() -> assertThat(this.observations.of(path)).containsEntry("redis.commands", commands)
				.containsEntry("redis.failures", "0")
				.containsEntry("redis.retries", "0")
				.containsKeys("redis.repeated_reads", "redis.time_ms"));
	}

	@Test
	void observationOfRequestWithoutCommandsHasNoneOfTheirs() {
		get("/items/0");
		Awaitility.await()
			.atMost(WAIT)
			.untilAsserted(() -> assertThat(this.observations.of("/items/0")).containsKey("http.url")
				.doesNotContainKey("redis.commands"));
	}

	@Test
	void worstRoutesAreNamed() {
		get("/cart/1");
		get("/cart/2");
		get("/items/2");
		RouteUsage cart = await("GET /cart/{id}", 2);
		assertThat(cart.handler()).isEqualTo("ShopController.cart");
		assertThat(cart.meanCommands()).isEqualTo(48);
		assertThat(cart.mostCommands()).isEqualTo(48);
		assertThat(cart.repeatedReads()).isEqualTo(14);
		assertThat(cart.meanMillis()).isPositive();
		assertThat(cart.remedy()).startsWith("48 GETs one by one: use multiGet").endsWith("7 keys were read twice");
		await("GET /items/{count}", 1);
		assertThat(this.statistics.worst(1)).containsExactly(cart);
	}

	@ParameterizedTest
	@CsvSource({ "/send-error, GET /send-error, ShopController.sendError, 2",
			"/exception, GET /exception, ShopController.exception, 2",
			"/callable/7, GET /callable/{id}, ShopController.callable, 2",
			"/callable-exception, GET /callable-exception, ShopController.callableException, 2",
			"/async, GET /async, ShopController.async, 2", "/timeout, GET /timeout, ShopController.timeout, 2",
			"/streaming, GET /streaming, ShopController.streaming, 5", "/events, GET /events, ShopController.events, 5",
			"/raw-async, GET /raw-async, ShopController.rawAsync, 2",
			"/forward, GET /items/{count}, ShopController.items, 2",
			"/functional/7, GET /functional/{id}, ShopApplication, 2", "/legacy/7, GET /legacy/*, legacyServlet, 2" })
	void routeIsThatOfTheRequestHoweverItEnds(String path, String route, String handler, long commands) {
		get(path);
		RouteUsage usage = await(route, 1);
		assertThat(usage.handler()).isEqualTo(handler);
		assertThat(usage.mostCommands()).isEqualTo(commands);
	}

	@Test
	void routesDoNotFollowPaths() {
		get("/items/1?page=1");
		get("/items/2?page=2");
		get("/nowhere/1");
		assertThat(await("GET /items/{count}", 2).mostCommands()).isEqualTo(2);
		assertThat(this.statistics.worst(10)).hasSize(1);
	}

	@Test
	void distributionOfCommandsIsTaggedByRoute() {
		get("/entity");
		get("/legacy/7");
		Awaitility.await().atMost(WAIT).untilAsserted(() -> {
			assertThat(distribution("/entity")).isNotNull()
				.satisfies((summary) -> assertThat(summary.max()).isEqualTo(2));
			assertThat(distribution("UNKNOWN")).isNotNull();
			assertThat(distribution("/legacy/*")).isNull();
		});
	}

	private DistributionSummary distribution(String uri) {
		return this.registry.find("redis.client.commands.per.request").tag("uri", uri).tag("method", "GET").summary();
	}

	// The log has one line a minute for each route, so no other test may ask for this
	// one.
	@Test
	void warnsOfRequestWithManyCommands(CapturedOutput output) {
		get("/wishes/secret?token=secret");
		await("GET /wishes/{id}", 1);
		assertThat(output.getOut().lines().filter((line) -> line.contains("RequestWarnings"))).singleElement()
			.asString()
			.containsPattern(
					"WARN .*GET /wishes/\\{id} \\(ShopController\\.wishes\\) sent 48 commands to Redis, which took"
							+ " \\d+ ms, the longest \\d+ ms: 48 GETs one by one in ShopController.wishes: use multiGet or"
							+ " executePipelined; 7 keys were read twice")
			.doesNotContain("secret", "item:");
		get("/items/40");
		await("GET /items/{count}", 1);
		assertThat(output).doesNotContain("ShopController.items");
	}

	private RouteUsage await(String route, long requests) {
		return Awaitility.await()
			.atMost(WAIT)
			.until(() -> this.statistics.worst(100)
				.stream()
				.filter((usage) -> usage.route().equals(route) && usage.requests() == requests)
				.findFirst()
				.orElse(null), Objects::nonNull);
	}

	private List<String> serverTiming(String method, String path) {
		return send(method, path).headers().allValues("Server-Timing");
	}

	private void get(String path) {
		send("GET", path);
	}

	private HttpResponse<String> send(String method, String path) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		try {
			return this.client.send(request, BodyHandlers.ofString());
		}
		catch (IOException | InterruptedException ex) {
			throw new AssertionError(path, ex);
		}
	}

}
