package io.github.hotplate.actuate;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;
import org.springframework.web.client.RestClient;

import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HotKeysEndpoint}, over HTTP.
 */
@ExtendWith(EmbeddedRedisExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "management.endpoints.web.exposure.include=hotkeys")
class HotKeysEndpointIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	@LocalServerPort
	private int port;

	@Autowired
	private StringRedisTemplate foo;

	@Autowired
	private HotKeyTracker tracker;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("foo.url", cluster::url);
		// What was counted before a flush weighs less after it.
		registry.add("foo.hot_keys.flush_interval", () -> "1 hour");
	}

	@BeforeEach
	void begin() {
		this.tracker.sampleRates(new SampleRates(1, 1));
		this.tracker.reset();
	}

	@Test
	void reportOfClientIsReadable() {
		for (int i = 0; i < 3; i++) {
			this.foo.opsForValue().get("hot");
		}
		this.foo.opsForValue().get("warm");
		this.foo.opsForValue().set("written", "x");
		JsonContentAssert report = json("/foo");
		report.extractingPath("$.client").isEqualTo("foo");
		report.extractingPath("$.since").asString().matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
		report.extractingPath("$.droppedSamples").isEqualTo(0);
		report.extractingPath("$.reads.sampleRate").isEqualTo(1.0);
		report.extractingPath("$.reads.sampledKeys").isEqualTo(4);
		report.extractingPath("$.reads.now[0].key").isEqualTo("hot");
		report.extractingPath("$.reads.now[0].share").isEqualTo(0.75);
		report.extractingPath("$.reads.now[0].node").isEqualTo(cluster.primaryOf("hot").toString());
		report.extractingPath("$.reads.now[0].lastSeen").asString().matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
		report.extractingPath("$.reads.sinceReset[0].count").isEqualTo(3);
		report.extractingPath("$.writes.sinceReset[0].key").isEqualTo("written");
		report.extractingPath("$.slots[0].share").isEqualTo(0.6);
	}

	@Test
	void limitIsObeyed() {
		this.foo.opsForValue().get("a");
		this.foo.opsForValue().get("b");
		json("/foo?limit=1").extractingPath("$.reads.now.length()").isEqualTo(1);
	}

	@Test
	void allClientsAreReported() {
		json("").extractingPath("$.foo.client").isEqualTo("foo");
	}

	@Test
	void unknownClientIsNotFound() {
		assertThat(status("/bar")).isEqualTo(HttpStatusCode.valueOf(404));
	}

	@Test
	void ratesAreChanged() {
		assertThat(post(Map.of("reads", 0.25))).isEqualTo(HttpStatusCode.valueOf(200));
		assertThat(this.tracker.sampleRates()).isEqualTo(new SampleRates(0.25, 1));
	}

	@Test
	void rateOutOfRangeIsRefused() {
		assertThat(post(Map.of("writes", 2))).isEqualTo(HttpStatusCode.valueOf(400));
		assertThat(this.tracker.sampleRates()).isEqualTo(new SampleRates(1, 1));
	}

	@Test
	void figuresAreReset() {
		this.foo.opsForValue().get("forgotten");
		client().delete().uri("/foo").retrieve().toBodilessEntity();
		json("/foo").extractingPath("$.reads.sampledKeys").isEqualTo(0);
		this.foo.opsForValue().get("forgotten");
		client().delete().uri("").retrieve().toBodilessEntity();
		json("/foo").extractingPath("$.reads.sampledKeys").isEqualTo(0);
	}

	private HttpStatusCode post(Map<String, ?> rates) {
		return client().post()
			.uri("/foo")
			.contentType(MediaType.APPLICATION_JSON)
			.body(rates)
			.exchange((request, response) -> response.getStatusCode());
	}

	private HttpStatusCode status(String path) {
		return client().get().uri(path).exchange((request, response) -> response.getStatusCode());
	}

	private JsonContentAssert json(String path) {
		ResponseEntity<String> response = client().get().uri(path).retrieve().toEntity(String.class);
		return assertThat(new JsonContent(String.valueOf(response.getBody())));
	}

	private RestClient client() {
		return RestClient.create("http://127.0.0.1:" + this.port + "/actuator/hotkeys");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
