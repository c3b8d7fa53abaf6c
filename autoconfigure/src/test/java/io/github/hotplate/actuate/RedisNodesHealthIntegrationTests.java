package io.github.hotplate.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;
import org.springframework.web.client.RestClient;

import io.github.hotplate.reports.Report;
import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which nodes clients of each mode leave out, as the health endpoint and the gauges show
 * it.
 */
@ExtendWith(EmbeddedRedisExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoint.health.show-details=always", "grid.retry.max_attempts=1",
				"queue.retry.max_attempts=1", "cache.mode=standalone", "cache.retry.max_attempts=1",
				"parts.mode=sharded", "parts.penalty_box.min_wait=1s", "parts.penalty_box.max_wait=1s" })
@DirtiesContext
class RedisNodesHealthIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	/**
	 * Keys of all three primaries of the cluster, and of all three shards.
	 */
	private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f", "hi", "test");

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisSentinel group;

	private static EmbeddedRedisServer server;

	private static EmbeddedRedisShards shards;

	@LocalServerPort
	private int port;

	@Autowired
	private Map<String, StringRedisTemplate> clients;

	@Autowired
	private MeterRegistry registry;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("grid.url", cluster::url);
		registry.add("queue.url", group::url);
		registry.add("cache.url", server::url);
		registry.add("parts.url", shards::url);
	}

	@AfterEach
	void heal() {
		group.sentinels().forEach(RedisNode::resume);
		Stream.of(cluster, group, server, shards).forEach(EmbeddedRedis::awaitHealthy);
		awaitLeftOut("grid");
		awaitLeftOut("queue");
		awaitLeftOut("cache");
		awaitLeftOut("parts");
		health().extractingPath("$.status").isEqualTo("UP");
	}

	@Test
	void nodesOfClusterAreLeftOut() {
		// The one that is left is no majority, and lets no replica take over.
		RedisNode[] dead = { cluster.primaryOf("a"), cluster.primaryOf("b") };
		Arrays.stream(dead).forEach(RedisNode::kill);
		awaitLeftOut("grid", dead);
		assertThatHealthIs("UP", "grid", "cluster", 6, 4);
		assertThat(suspects("grid")).containsExactlyInAnyOrder(names(dead));
	}

	@Test
	@Report("spring-boot #15542")
	void primaryBehindSentinelsIsLeftOut() {
		RedisNode dead = group.primary();
		// Otherwise a replica would take over.
		group.sentinels().forEach(RedisNode::pause);
		dead.pause();
		awaitLeftOut("queue", dead);
		assertThatHealthIs("UP", "queue", "sentinel", 3, 2);
		assertThat(status("/redis/queue")).isEqualTo("UP");
		assertThat(status("")).isEqualTo("UP");
		assertThat(suspects("queue")).containsExactly(names(dead));
	}

	@Test
	@Report("spring-boot #2777")
	void silentClientIsUpForWhileThenDownAndSaysSoAtOnce() {
		server.node().kill();
		awaitLeftOut("cache", server.node());
		assertThat(suspects("cache")).containsExactly(names(server.node()));
		// Nobody has to send a command from here on.
		Awaitility.await().atMost(LONG).untilAsserted(() -> {
			JsonContentAssert health = health();
			AtomicReference<String> silence = new AtomicReference<>();
			health.extractingPath("$.details.cache.silence").asString().satisfies(silence::set);
			boolean brief = Integer.parseInt(silence.get().replace(" ms", "")) <= 5_000;
			health.extractingPath("$.status").isEqualTo(brief ? "UP" : "DOWN");
			assertThat(brief).isFalse();
		});
		Awaitility.await().atMost(LONG).until(() -> {
			Instant asked = Instant.now();
			String status = status("");
			assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(1));
			return status.equals("DOWN");
		});
		assertThatHealthIs("DOWN", "cache", "standalone", 1, 0);
		assertThat(status("/redis/cache")).isEqualTo("DOWN");
		assertThat(status("/redis/grid")).isEqualTo("UP");
	}

	@Test
	@Report("spring-boot #27300")
	void failoversLeaveHealthUp() {
		RedisNode primary = cluster.primaryOf("a");
		RedisNode dead = group.primary();
		primary.kill();
		dead.kill();
		Awaitility.await().atMost(LONG).until(() -> {
			assertThatFailoverIsNoReason("grid");
			assertThatFailoverIsNoReason("queue");
			return isWritable("grid") && isWritable("queue");
		});
		// Not every node has heard of the failover at once.
		Awaitility.await().until(() -> !cluster.primaryOf("a").equals(primary) && !group.primary().equals(dead));
	}

	// A busy machine may need longer for a failover.
	private void assertThatFailoverIsNoReason(String client) {
		health("/redis/" + client).extractingPath("$").asMap().satisfies((health) -> {
			if (!"UP".equals(health.get("status"))) {
				assertThat(String.valueOf(health.get("details"))).containsPattern("(outage|silence)=\\d{4,} ms");
			}
		});
	}

	private boolean isWritable(String client) {
		try {
			this.clients.get(client).opsForValue().set("a", "value");
			return true;
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	@Test
	void clusterShowsWhatBootShows() {
		health("/redis/grid").extractingPath("$.details")
			.asMap()
			.containsEntry("cluster_size", 3)
			.containsEntry("slots_up", 16_384)
			.containsEntry("slots_fail", 0)
			.containsEntry("leftOut", Map.of());
	}

	@Test
	void shardIsLeftOut() {
		RedisNode dead = shards.nodes().get(1);
		dead.kill();
		awaitLeftOut("parts", dead);
		assertThatHealthIs("UP", "parts", "sharded", 3, 2);
		assertThat(suspects("parts")).isEmpty();
		assertThat(leftOut("redis.client.penalty.box", "parts")).containsExactly(names(dead));
	}

	private void awaitLeftOut(String client, RedisNode... nodes) {
		Awaitility.await().atMost(LONG).untilAsserted(() -> {
			KEYS.forEach((key) -> call(client, key));
			health().extractingPath("$.details." + client + ".leftOut").asMap().satisfies((leftOut) -> {
				assertThat(leftOut.keySet()).containsExactlyInAnyOrder(names(nodes));
				assertThat(leftOut.values()).allSatisfy(
						(outage) -> assertThat(outage).asString().matches("probed in \\d+ ms, left out for \\d+ ms"));
			});
		});
	}

	private void call(String client, String key) {
		try {
			this.clients.get(client).opsForValue().get(key);
		}
		catch (DataAccessException ex) {
			assertThat(ex).isNotNull();
		}
	}

	private void assertThatHealthIs(String status, String client, String mode, int nodes, int inUse) {
		JsonContentAssert health = health();
		health.extractingPath("$.status").isEqualTo(status);
		health.extractingPath("$.details." + client + ".mode").isEqualTo(mode);
		health.extractingPath("$.details." + client + ".nodes").isEqualTo(nodes);
		health.extractingPath("$.details." + client + ".inUse").isEqualTo(inUse);
	}

	private JsonContentAssert health() {
		return health("/redisNodes");
	}

	private String status(String component) {
		AtomicReference<String> status = new AtomicReference<>();
		health(component).extractingPath("$.status").asString().satisfies(status::set);
		return status.get();
	}

	private JsonContentAssert health(String component) {
		return assertThat(new JsonContent(RestClient.create("http://127.0.0.1:" + this.port)
			.get()
			.uri("/actuator/health" + component)
			.exchange((request, response) -> new String(response.getBody().readAllBytes()))));
	}

	private Set<String> suspects(String client) {
		return leftOut("redis.client.node.suspect", client);
	}

	private Set<String> leftOut(String meter, String client) {
		return this.registry.find(meter)
			.tag("redis_pool", client)
			.gauges()
			.stream()
			.filter((gauge) -> gauge.value() == 1)
			.map((Gauge gauge) -> String.valueOf(gauge.getId().getTag("redis_node")))
			.collect(Collectors.toSet());
	}

	private static String[] names(RedisNode... nodes) {
		return Arrays.stream(nodes).map(RedisNode::toString).toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
