package io.github.hotplate.actuate;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;
import org.springframework.web.client.RestClient;

import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RedisClientsEndpoint}, over HTTP and JMX, with a client of each mode.
 */
@ExtendWith(EmbeddedRedisExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=redisclients,hotkeys",
				"management.endpoints.jmx.exposure.include=redisclients,hotkeys", "spring.jmx.enabled=true",
				"management.endpoint.redisclients.access=unrestricted", "grid.retry.max_attempts=1",
				"queue.retry.max_attempts=1", "cache.mode=standalone", "cache.retry.max_attempts=1",
				"parts.mode=sharded", "parts.penalty_box.min_wait=1s", "parts.penalty_box.max_wait=1s" })
@DirtiesContext
class RedisClientsEndpointIntegrationTests {

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

	private boolean harmed;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("grid.url", cluster::url);
		registry.add("queue.url", group::url);
		registry.add("cache.url", server::url);
		registry.add("parts.url", shards::url);
	}

	@AfterEach
	void heal() {
		if (!this.harmed) {
			return;
		}
		group.sentinels().forEach(RedisNode::resume);
		Stream.of(cluster, group, server, shards).forEach(EmbeddedRedis::awaitHealthy);
		Stream.of("grid", "queue", "cache", "parts").forEach((client) -> awaitLeftOut(client, List.of()));
	}

	@Test
	void showsNodesOfCluster() {
		JsonContentAssert report = jsonWithAnswers("/grid", "$.nodes", 6);
		report.extractingPath("$.mode").isEqualTo("cluster");
		report.extractingPath("$.nodes.length()").isEqualTo(6);
		report.extractingPath("$.nodes[*].role")
			.asArray()
			.containsExactly("primary", "replica", "primary", "replica", "primary", "replica");
		report.extractingPath("$.nodes[0].slots").isEqualTo(5461);
		report.extractingPath("$.nodes[0].slotRanges").asArray().containsExactly("0-5460");
		report.extractingPath("$.nodes[0].replication.role").isEqualTo("primary");
		report.extractingPath("$.nodes[0].replication.replicas").isEqualTo(1);
		report.extractingPath("$.nodes[1].replication.role").isEqualTo("replica");
		report.extractingPath("$.nodes[1].replication.link").isEqualTo("up");
		report.extractingPath("$.nodes[1].replication.lagBytes").asNumber().isNotNull();
		report.extractingPath("$.versions.length()").isEqualTo(1);
		report.extractingPath("$.topology.ageMillis").asNumber().isNotNull();
		report.extractingPath("$.topology.uncoveredSlots").isEqualTo(0);
		report.extractingPath("$.pool.max").isEqualTo(50);
	}

	@ParameterizedTest
	@CsvSource({ "queue, sentinel, 3", "cache, standalone, 1", "parts, sharded, 3" })
	void showsNodesOfOtherModes(String client, String mode, int nodes) {
		JsonContentAssert report = jsonWithAnswers("/" + client, "$.nodes", nodes);
		report.extractingPath("$.mode").isEqualTo(mode);
		report.extractingPath("$.nodes.length()").isEqualTo(nodes);
		report.extractingPath("$.nodes[0].role").isEqualTo("primary");
		report.extractingPath("$.nodes[0].version").asString().matches("\\d+\\.\\d+\\.\\d+");
		report.extractingPath("$.nodes[0].replication.role").isEqualTo("primary");
		report.doesNotHavePath("$.nodes[0].slots").doesNotHavePath("$.topology.uncoveredSlots");
	}

	@Test
	void showsAllClientsWithoutSecrets() {
		JsonContentAssert all = json("");
		all.extractingPath("$.clients").asMap().containsOnlyKeys("cache", "grid", "parts", "queue");
		all.extractingPath("$.routes").asArray().isEmpty();
		all.extractingPath("$.clients.cache.configuration['cache.mode'].value").isEqualTo("standalone");
		all.extractingPath("$.clients.cache.configuration['cache.mode'].origin")
			.asString()
			.contains("Inlined Test Properties");
		all.extractingPath("$.clients.cache.configuration['cache.timeout'].value").isEqualTo("1 second");
		all.extractingPath("$.clients.cache.configuration['cache.timeout'].origin").isEqualTo("default");
	}

	@Test
	void killedPrimaryIsLeftOutAndNotWaitedFor() {
		// The one that is left is no majority, and lets no replica take over.
		List<RedisNode> dead = List.of(cluster.primaryOf("a"), cluster.primaryOf("b"));
		this.harmed = true;
		dead.forEach(RedisNode::kill);
		awaitLeftOut("grid", dead);
		Instant asked = Instant.now();
		json("/grid");
		assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
		JsonContentAssert report = jsonWithAnswers("/grid", "$.nodes", 4);
		report.extractingPath("$.nodes[?(@.leftOut)].leftOut.why")
			.asArray()
			.allSatisfy((why) -> assertThat(why).asString().contains("Client 'grid' cannot connect to 127.0.0.1:"));
		report.extractingPath("$.nodes[?(@.leftOut)].replication.role").asArray().containsOnly("unknown");
		report.extractingPath("$.nodes[?(@.leftOut)].version").asArray().isEmpty();
		report.extractingPath("$.versions.unknown").isEqualTo(2);
		report.extractingPath("$.topology.refreshes.unreachable").asNumber().isNotNull();
		report.extractingPath("$.topology.uncoveredSlots")
			.asNumber()
			.satisfies((slots) -> assertThat(slots.intValue()).isGreaterThan(10_000));
	}

	@Test
	void frozenServersOfOtherModesAreLeftOutAndNotWaitedFor() {
		RedisNode primary = group.primary();
		this.harmed = true;
		// Otherwise a replica would take over.
		group.sentinels().forEach(RedisNode::pause);
		primary.pause();
		server.node().kill();
		RedisNode shard = shards.nodes().get(1);
		shard.kill();
		awaitLeftOut("queue", List.of(primary));
		awaitLeftOut("cache", List.of(server.node()));
		awaitLeftOut("parts", List.of(shard));
		Instant asked = Instant.now();
		json("");
		assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(10));
		JsonContentAssert all = jsonWithAnswers("", "$.clients.queue.nodes", 2);
		all.extractingPath("$.clients.queue.nodes[?(@.leftOut)].leftOut.why")
			.asArray()
			.singleElement()
			.asString()
			// The latter if a connection was opened just then.
			.matches("It answered neither a command nor a probe in time"
					+ "|Client 'queue' cannot connect to 127\\.0\\.0\\.1:\\d+: Read timed out");
		all.extractingPath("$.clients.queue.nodes[1].replication.role").isEqualTo("replica");
		all.extractingPath("$.clients.parts.nodes[?(@.leftOut)].leftOut.why").asArray().hasSize(1);
		all.extractingPath("$.clients.cache.nodes[0].replication.role").isEqualTo("unknown");
	}

	@Test
	void refreshesTopologyOnRequest() {
		JsonContentAssert report = assertThat(new JsonContent(client().post()
			.uri("/grid")
			.exchange((request, response) -> new String(response.getBody().readAllBytes()))));
		report.extractingPath("$.topology.refreshes.request").asNumber().isNotNull();
		report.extractingPath("$.nodes.length()").isEqualTo(6);
	}

	@Test
	void statisticsAreReset() {
		status(HttpMethod.POST, "redisclients/cache");
		status(HttpMethod.POST, "redisclients/parts");
		assertThat(status(HttpMethod.DELETE, "redisclients/parts")).isEqualTo(204);
		json("/parts").doesNotHavePath("$.topology.refreshes.request");
		json("/cache").extractingPath("$.topology.refreshes.request").asNumber().isNotNull();
		assertThat(status(HttpMethod.DELETE, "redisclients")).isEqualTo(204);
		json("/cache").doesNotHavePath("$.topology.refreshes.request");
	}

	@ParameterizedTest
	@ValueSource(strings = { "redisclients", "hotkeys" })
	void unknownClientIsNotFound(String endpoint) {
		assertThat(Stream.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE)
			.map((method) -> status(method, endpoint + "/unknown"))).containsOnly(404);
	}

	@Test
	void unknownClientIsNotFoundWithoutBody() {
		assertThat(post("redisclients/unknown")).isEqualTo(404);
		assertThat(post("hotkeys/unknown")).isEqualTo(404);
		assertThat(post("hotkeys/grid")).isEqualTo(415);
	}

	@Test
	void hotKeysOfKnownClientsAreChanged() {
		assertThat(status(HttpMethod.POST, "hotkeys/grid")).isEqualTo(200);
		assertThat(status(HttpMethod.DELETE, "hotkeys/grid")).isEqualTo(204);
	}

	@Test
	void answersOverJmx() throws JMException {
		MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
		ObjectName name = new ObjectName("org.springframework.boot:type=Endpoint,name=Redisclients");
		assertThat(invoke(beans, name, "client", "grid")).asInstanceOf(InstanceOfAssertFactories.MAP)
			.containsEntry("mode", "cluster");
		assertThat(invoke(beans, name, "refresh", "grid")).isNotNull();
		for (String operation : List.of("client", "refresh", "resetClient")) {
			assertThatExceptionOfType(ReflectionException.class)
				.isThrownBy(() -> invoke(beans, name, operation, "unknown"))
				.withMessageContaining("There is no Redis client 'unknown'");
		}
	}

	private static @Nullable Object invoke(MBeanServer beans, ObjectName name, String operation, String client)
			throws JMException {
		return beans.invoke(name, operation, new Object[] { client }, new String[] { String.class.getName() });
	}

	private void awaitLeftOut(String client, List<RedisNode> dead) {
		Awaitility.await().atMost(LONG).untilAsserted(() -> {
			KEYS.forEach((key) -> call(client, key));
			json("/" + client).extractingPath("$.nodes[?(@.leftOut)].node")
				.asArray()
				.containsExactlyInAnyOrderElementsOf(dead.stream().map(RedisNode::toString).toList());
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

	private int post(String path) {
		return actuator().post().uri(path).exchange((request, response) -> response.getStatusCode().value());
	}

	private int status(HttpMethod method, String path) {
		return actuator().method(method)
			.uri(path)
			.headers((headers) -> headers.setContentType(MediaType.APPLICATION_JSON))
			.exchange((request, response) -> response.getStatusCode().value());
	}

	// A busy machine may keep a node from answering in time.
	private JsonContentAssert jsonWithAnswers(String path, String nodes, int count) {
		AtomicReference<JsonContentAssert> last = new AtomicReference<>();
		Awaitility.await().atMost(LONG).untilAsserted(() -> {
			JsonContentAssert report = json(path);
			report.extractingPath(nodes + "[*].version").asArray().hasSize(count);
			last.set(report);
		});
		return last.get();
	}

	private JsonContentAssert json(String path) {
		ResponseEntity<String> response = client().get().uri(path).retrieve().toEntity(String.class);
		return assertThat(new JsonContent(String.valueOf(response.getBody())));
	}

	private RestClient client() {
		return RestClient.create("http://127.0.0.1:" + this.port + "/actuator/redisclients");
	}

	private RestClient actuator() {
		return RestClient.create("http://127.0.0.1:" + this.port + "/actuator/");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
