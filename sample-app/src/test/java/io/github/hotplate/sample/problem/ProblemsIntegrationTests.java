package io.github.hotplate.sample.problem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import io.github.hotplate.sample.SampleApplicationTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Finds each planted problem with what {@code README.md} says under "It is slow: who is
 * it?", and nothing else, in the two minutes that it promises.
 */
@SampleApplicationTest
@ExtendWith(OutputCaptureExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class ProblemsIntegrationTests {

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Pattern CURL = Pattern.compile("^curl (?:-X (?<method>[A-Z]+) )?localhost:8080(?<path>/\\S*)$",
			Pattern.MULTILINE);

	@Autowired
	private RestTestClient client;

	@Autowired
	private StringRedisTemplate foo;

	@Autowired
	private SlowNode slowNode;

	@BeforeEach
	void sendVisitors() {
		visitors(20);
		this.client.post()
			.uri("/actuator/hotkeys/foo")
			.body(Map.of("reads", 1, "writes", 1))
			.exchange()
			.expectStatus()
			.is2xxSuccessful();
		this.client.delete().uri("/actuator/redisclients").exchange().expectStatus().isNoContent();
	}

	@AfterEach
	void removeProblems() {
		for (Problem problem : Problem.values()) {
			this.client.delete().uri("/api/problems/{id}", problem.id()).exchange().expectStatus().isOk();
		}
		visitors(0);
	}

	// The log has one line a minute for each route, so no other test may come first.
	@Test
	@Order(1)
	void namesTheControllerThatSendsCommandsOneByOne(CapturedOutput output) throws IOException {
		assertThat(requestStatistics()).isEqualTo(2);
		plant("one-by-one");
		awaitUntil(() -> {
			assertThat(requestStatistics()).isEqualTo(41);
			Route worst = clients().routes().get(0);
			assertThat(worst.route()).isEqualTo("GET /api/statistics");
			assertThat(worst.handler()).isEqualTo("StatisticsController.show");
			assertThat(worst.mostCommands()).isEqualTo(41);
			assertThat(worst.remedy()).startsWith("41 GETs one by one").contains("multiGet");
			assertThat(output).containsPattern("WARN .*41 GETs one by one in StatisticsController.show: use multiGet");
		});
		assertThat(section()).contains(Optional.ofNullable(clients().routes().get(0).remedy()).orElseThrow());
	}

	@Test
	void namesTheHotKey() {
		plant("hot-key");
		awaitUntil(() -> this.client.get()
			.uri("/actuator/hotkeys/foo")
			.exchange()
			.expectBody()
			.jsonPath("$.reads.now[0].key")
			.isEqualTo("board:theme")
			.jsonPath("$.reads.now[0].share")
			.value(Double.class, (share) -> assertThat(share).isGreaterThan(0.5)));
	}

	@Test
	void namesTheSlowNode() {
		// They favor a node.
		visitors(0);
		Instant planted = Instant.now();
		plant("slow-node");
		String slow = Optional.ofNullable(this.slowNode.node()).orElseThrow().toString();
		awaitUntil(() -> {
			readKeysOfAllNodes();
			List<SlowCall> calls = slowCalls().filter((call) -> call.at().isAfter(planted)).toList();
			assertThat(calls).filteredOn((call) -> slow.equals(call.node()))
				.filteredOn((call) -> call.serverMillis() > call.totalMillis() / 2)
				.hasSizeGreaterThan(10)
				.hasSizeGreaterThan(calls.size() / 2);
		});
	}

	// A busy machine makes calls to all nodes slow, but to none more than to another.
	private void readKeysOfAllNodes() {
		for (int i = 0; i < 100; i++) {
			this.foo.opsForValue().get("problems-test:" + i);
		}
	}

	@Test
	void everyCommandOfTheReadmeWorks() throws IOException {
		List<MatchResult> commands = CURL.matcher(section()).results().toList();
		assertThat(commands).hasSizeGreaterThanOrEqualTo(6);
		for (MatchResult command : commands) {
			HttpMethod method = HttpMethod.valueOf(Optional.ofNullable(command.group(1)).orElse("GET"));
			this.client.method(method).uri(command.group(2)).exchange().expectStatus().is2xxSuccessful();
		}
	}

	@Test
	void knowsNoOtherProblem() {
		this.client.put()
			.uri("/api/problems/slow-disk")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectBody()
			.jsonPath("$.detail")
			.isEqualTo("There is no problem slow-disk, only [one-by-one, hot-key, slow-node]");
	}

	@Test
	void removesWhatItPlanted() {
		for (Problem problem : Problem.values()) {
			plant(problem.id());
		}
		assertPlanted(true);
		removeProblems();
		awaitUntil(() -> assertPlanted(false));
	}

	private void assertPlanted(boolean planted) {
		for (int i = 0; i < Problem.values().length; i++) {
			this.client.get()
				.uri("/api/problems")
				.exchange()
				.expectBody()
				.jsonPath("$[%d].planted".formatted(i))
				.isEqualTo(planted);
		}
	}

	private void plant(String id) {
		this.client.put()
			.uri("/api/problems/{id}", id)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.planted")
			.isEqualTo(true);
	}

	private void visitors(int rate) {
		this.client.put().uri("/api/visitors").body(Map.of("rate", rate)).exchange().expectStatus().isOk();
	}

	// The header of a browser's developer tools says how many commands there were.
	private int requestStatistics() {
		String timing = this.client.get()
			.uri("/api/statistics")
			.exchange()
			.expectStatus()
			.isOk()
			.returnResult(String.class)
			.getResponseHeaders()
			.getFirst("Server-Timing");
		return Pattern.compile("(\\d+) commands")
			.matcher(String.valueOf(timing))
			.results()
			.findFirst()
			.map((found) -> Integer.parseInt(found.group(1)))
			.orElseThrow(() -> new AssertionError("No number of commands in Server-Timing: " + timing));
	}

	private Clients clients() {
		return get("/actuator/redisclients", Clients.class);
	}

	private Stream<SlowCall> slowCalls() {
		return get("/actuator/redisclients/foo", Client.class).slowCalls().stream();
	}

	private <T> T get(String uri, Class<T> type) {
		return Optional
			.ofNullable(this.client.get()
				.uri(uri)
				.accept(MediaType.APPLICATION_JSON)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(type)
				.returnResult()
				.getResponseBody())
			.orElseThrow();
	}

	private static String section() throws IOException {
		String readme = Files.readString(Path.of("../README.md"));
		return readme.substring(readme.indexOf("## It is slow: who is it?")).split("\n## ", 2)[0];
	}

	private static void awaitUntil(ThrowingRunnable assertion) {
		await().atMost(PATIENCE).ignoreExceptions().untilAsserted(assertion);
	}

	record Clients(List<Route> routes) {
	}

	record Route(String route, String handler, long mostCommands, @Nullable String remedy) {
	}

	record Client(List<SlowCall> slowCalls) {
	}

	record SlowCall(@Nullable String node, Instant at, double totalMillis, double serverMillis) {
	}

}
