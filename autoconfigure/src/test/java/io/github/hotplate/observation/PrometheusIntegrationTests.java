package io.github.hotplate.observation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a Prometheus server reads of a client, to the letter: baseplate's dashboards and
 * alerts depend on it.
 */
@ExtendWith(EmbeddedRedisExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "management.endpoints.web.exposure.include=prometheus")
class PrometheusIntegrationTests {

	private static final Pattern BUCKET = Pattern.compile(".*le=\"([^\"]+)\"} .*");

	private static final Pattern SUCCESS = Pattern.compile("redis_success=\"(\\w+)\"");

	private static EmbeddedRedisCluster cluster;

	@LocalServerPort
	private int port;

	@Autowired
	private StringRedisTemplate foo;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("foo.url", cluster::url);
	}

	@Test
	void successIsCountedAndTimed() {
		this.foo.opsForValue().append("text", "x");
		this.foo.opsForValue().append("text", "x");
		String labels = "{redis_client_name=\"\",redis_command=\"append\",redis_database=\"0\",";
		String success = labels + "redis_success=\"true\",redis_type=\"cluster\"} ";
		String failure = labels + "redis_success=\"false\",redis_type=\"cluster\"} ";
		assertThat(samples("append", "requests_total|latency_seconds_count|active_requests")).containsExactlyInAnyOrder(
				"redis_client_requests_total" + success + "2.0", "redis_client_requests_total" + failure + "0.0",
				"redis_client_latency_seconds_count" + success + "2",
				"redis_client_latency_seconds_count" + failure + "0",
				"redis_client_active_requests" + labels + "redis_type=\"cluster\"} 0.0");
	}

	@Test
	void failureIsCountedAndTimed() {
		this.foo.opsForValue().set("text", "x");
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.foo.opsForList().leftPush("text", "x"));
		assertThat(values("lpush", "requests_total|latency_seconds_count|active_requests")).containsExactlyInAnyOrder(
				"requests_total true 0.0", "requests_total false 1.0", "latency_seconds_count true 0",
				"latency_seconds_count false 1", "active_requests 0.0");
	}

	@Test
	void commandIsActiveWhileItRuns() {
		// A thread of its own: the HTTP client needs the common pool, which may have one
		// thread.
		CompletableFuture<String> popped = CompletableFuture.supplyAsync(
				() -> this.foo.opsForList().leftPop("queue", Duration.ofSeconds(20)),
				(task) -> new Thread(task).start());
		Awaitility.await().untilAsserted(() -> {
			assertThat(values("blpop", "active_requests")).containsExactly("active_requests 1.0");
			assertThat(lines("redis_client_pool_active_connections|runtime_pool_in_use")).containsExactlyInAnyOrder(
					"redis_client_pool_active_connections{redis_pool=\"foo\"} 1.0",
					"runtime_pool_in_use{client=\"foo\"} 1.0");
		});
		this.foo.opsForList().rightPush("queue", "x");
		assertThat(popped).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("x");
		assertThat(values("blpop", "active_requests")).containsExactly("active_requests 0.0");
	}

	@Test
	void pipelineIsOneRequest() {
		this.foo.executePipelined((RedisCallback<Object>) (connection) -> {
			for (int i = 0; i < 10; i++) {
				connection.keyCommands().persist(("key:" + i).getBytes(StandardCharsets.UTF_8));
			}
			return null;
		});
		assertThat(values("pipeline", "requests_total")).contains("requests_total true 1.0");
		assertThat(samples("persist", "requests_total")).isEmpty();
	}

	@Test
	void commandThatSpansSlotsIsOneRequest() {
		this.foo.unlink(List.of("a", "b", "c", "d"));
		assertThat(values("unlink", "requests_total")).contains("requests_total true 1.0");
	}

	@Test
	void subcommandIsPartOfCommand() {
		this.foo.execute((RedisCallback<Object>) (connection) -> connection.serverCommands().getConfig("maxmemory"));
		assertThat(values("config get", "requests_total")).contains("requests_total false 0.0");
	}

	@Test
	void latencyHasBaseplatesBuckets() {
		this.foo.opsForValue().get("any");
		List<Double> buckets = samples("get", "latency_seconds_bucket").stream()
			.filter((line) -> line.contains("redis_success=\"true\""))
			.map((line) -> BUCKET.matcher(line).replaceAll("$1").replace("+Inf", "Infinity"))
			.map(Double::valueOf)
			.toList();
		assertThat(buckets).containsExactly(0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
				1.0, 5.0, 15.0, 30.0, Double.POSITIVE_INFINITY);
	}

	@Test
	void poolIsMeasured() {
		this.foo.opsForValue().get("any");
		assertThat(lines("redis_client_pool_max_size|runtime_pool_size")).containsExactlyInAnyOrder(
				"redis_client_pool_max_size{redis_pool=\"foo\"} 50.0", "runtime_pool_size{client=\"foo\"} 50.0");
		assertThat(lines("redis_client_pool_idle_connections")).singleElement()
			.asString()
			.matches("redis_client_pool_idle_connections\\{redis_pool=\"foo\"} [1-9]\\d*\\.0");
	}

	@Test
	void poolIsMeasuredPerNode() {
		this.foo.opsForValue().get("any");
		for (RedisNode node : cluster.nodes()) {
			assertThat(lines("redis_client_pool_node_(idle|active)_connections"))
				.filteredOn((line) -> line.contains("{redis_node=\"" + node + "\",redis_pool=\"foo\"}"))
				.hasSize(2);
		}
	}

	@Test
	void connectionsAreCountedAndTimedPerNode() {
		this.foo.opsForValue().get("any");
		String labels = "{redis_node=\"" + cluster.primaryOf("any") + "\",redis_pool=\"foo\"}";
		assertThat(
				lines("redis_client_pool_connections_opened_total|redis_client_pool_(wait|use|connect)_seconds_count"))
			.filteredOn((line) -> line.contains(labels))
			.hasSize(4)
			.noneMatch((line) -> line.endsWith(" 0") || line.endsWith(" 0.0"));
		assertThat(lines("redis_client_pool_(node_)?waiting")).hasSize(cluster.nodes().size() + 1)
			.allMatch((line) -> line.endsWith(" 0.0"));
	}

	@Test
	void topologyIsMeasured() {
		assertThat(lines("redis_client_topology_refreshes_total"))
			.filteredOn((line) -> line.contains("{reason=\"start\",redis_pool=\"foo\"}"))
			.singleElement()
			.asString()
			.doesNotEndWith(" 0.0");
		assertThat(lines("redis_client_slots_uncovered"))
			.containsExactly("redis_client_slots_uncovered{redis_pool=\"foo\"} 0.0");
		assertThat(lines("redis_client_redirections_total")).containsExactlyInAnyOrder(
				"redis_client_redirections_total{kind=\"ask\",redis_pool=\"foo\"} 0.0",
				"redis_client_redirections_total{kind=\"moved\",redis_pool=\"foo\"} 0.0");
	}

	@Test
	void metricsAreExplainedAsInBaseplate() {
		this.foo.opsForValue().get("any");
		Map<String, String> help = exposition().lines()
			.filter((line) -> line.startsWith("# HELP redis_client_") || line.startsWith("# HELP runtime_pool_"))
			.map((line) -> line.split(" ", 4))
			.collect(Collectors.toMap((words) -> words[2], (words) -> words[3]));
		assertThat(help).containsAllEntriesOf(Map.of("redis_client_requests_total",
				"Total number of requests made by client", "redis_client_latency_seconds",
				"Latency histogram for calls made by clients", "redis_client_active_requests",
				"Number of active requests for a given client", "redis_client_pool_max_size",
				"Maximum number of connections allowed in this redis client connection pool",
				"redis_client_pool_idle_connections", "Number of idle connections in this redis client connection pool",
				"redis_client_pool_active_connections",
				"Number of open connections in this redis client connection pool", "runtime_pool_size",
				"Size limit for the connection pool", "runtime_pool_in_use",
				"Number of connections that are checked out and being used"));
	}

	private List<String> values(String command, String metrics) {
		return samples(command, metrics).stream().map(PrometheusIntegrationTests::withoutOtherLabels).toList();
	}

	private static String withoutOtherLabels(String sample) {
		Matcher success = SUCCESS.matcher(sample);
		String name = sample.substring("redis_client_".length(), sample.indexOf('{'));
		String value = sample.substring(sample.lastIndexOf(' '));
		return success.find() ? name + " " + success.group(1) + value : name + value;
	}

	private List<String> samples(String command, String metrics) {
		return lines("redis_client_(" + metrics + ")").stream()
			.filter((line) -> line.contains("redis_command=\"" + command + "\""))
			.toList();
	}

	private List<String> lines(String metrics) {
		Pattern pattern = Pattern.compile("(" + metrics + ")\\{.*");
		return exposition().lines().filter((line) -> pattern.matcher(line).matches()).toList();
	}

	private String exposition() {
		return RestClient.create("http://127.0.0.1:" + this.port)
			.get()
			.uri("/actuator/prometheus")
			.retrieve()
			.body(String.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
