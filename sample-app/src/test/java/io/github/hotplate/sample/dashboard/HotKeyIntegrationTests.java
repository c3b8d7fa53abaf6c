package io.github.hotplate.sample.dashboard;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import io.github.hotplate.config.ClientConfig.SampleRates;
import io.github.hotplate.hotkey.HotKey;
import io.github.hotplate.hotkey.HotKeyReport.SlotHeat;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.sample.SampleApplicationTest;
import io.github.hotplate.test.EmbeddedRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SampleApplicationTest
class HotKeyIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int ENOUGH = 500;

	@Autowired
	private RestTestClient client;

	@Autowired
	private StringRedisTemplate foo;

	@Autowired
	private HotKeyTracker tracker;

	@Autowired
	private EmbeddedRedisCluster cluster;

	@BeforeEach
	void sampleEverything() {
		this.tracker.sampleRates(new SampleRates(1, 1));
		this.tracker.reset();
	}

	@Test
	void showsWhatIsReadAndWrittenMostAndWhere() {
		read("hot-key-test:read", ENOUGH);
		for (int i = 0; i < ENOUGH; i++) {
			this.foo.opsForValue().increment("hot-key-test:written");
		}
		await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(hotKeys().reads().keys()).first().satisfies((hot) -> isHot(hot, "hot-key-test:read"));
			assertThat(hotKeys().writes().keys()).first().satisfies((hot) -> isHot(hot, "hot-key-test:written"));
		});
		HotKey hottest = hotKeys().reads().keys().get(0);
		assertThat(hotKeys().slots()).filteredOn((slot) -> slot.slot() == hottest.slot())
			.extracting(SlotHeat::share)
			.singleElement()
			.satisfies((share) -> assertThat(share).isGreaterThan(0.2));
	}

	@Test
	void changesTheRatesAtOnce() {
		adjust(Map.of("reads", 0, "writes", 0.25)).expectStatus().isOk();
		assertThat(hotKeys().reads().sampleRate()).isZero();
		assertThat(hotKeys().writes().sampleRate()).isEqualTo(0.25);
		this.tracker.reset();
		read("hot-key-test:unseen", ENOUGH);
		assertThat(hotKeys().reads().sampledKeys()).isZero();
		adjust(Map.of("reads", 1, "writes", 0.25)).expectStatus().isOk();
		read("hot-key-test:seen", ENOUGH);
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(hotKeys().reads().keys()).first()
				.satisfies((hot) -> isHot(hot, "hot-key-test:seen")));
	}

	@Test
	void refusesWhatIsNoRate() {
		for (double rate : new double[] { -0.1, 1.1 }) {
			adjust(Map.of("reads", rate, "writes", 1)).expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("A sample rate must be from 0 to 1.");
		}
		adjust(Map.of("reads", 0.5)).expectStatus().isBadRequest();
		assertThat(this.tracker.sampleRates()).isEqualTo(new SampleRates(1, 1));
	}

	@Test
	void servesTheActuatorsEndpointToo() {
		this.client.get()
			.uri("/actuator/hotkeys/foo")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.reads.sampleRate")
			.isEqualTo(1.0);
	}

	private void read(String key, int times) {
		for (int i = 0; i < times; i++) {
			this.foo.opsForValue().get(key);
		}
	}

	private void isHot(HotKey hot, String key) {
		assertThat(hot.key()).isEqualTo(key);
		assertThat(hot.share()).isGreaterThan(0.4);
		assertThat(hot.node()).endsWith(":" + this.cluster.primaryOf(key).port());
	}

	private RestTestClient.ResponseSpec adjust(Map<String, ? extends Number> rates) {
		return this.client.put()
			.uri("/api/hot-keys/rates")
			.contentType(MediaType.APPLICATION_JSON)
			.body(rates)
			.exchange();
	}

	private HotKeyView hotKeys() {
		return this.client.get()
			.uri("/api/hot-keys")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(HotKeyView.class)
			.returnResult()
			.getResponseBody();
	}

}
