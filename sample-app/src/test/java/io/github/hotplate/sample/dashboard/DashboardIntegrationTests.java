package io.github.hotplate.sample.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

import io.github.hotplate.sample.SampleApplicationTest;
import io.github.hotplate.sample.dashboard.NodeView.Role;
import io.github.hotplate.topology.SlotRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SampleApplicationTest
class DashboardIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Autowired
	private RestTestClient client;

	@Autowired
	private StringRedisTemplate foo;

	@Test
	void showsTheCommandsThatTheApplicationSends() {
		Map<String, Long> before = counts();
		this.foo.opsForValue().append("dashboard-test", "x");
		this.foo.opsForValue().append("dashboard-test", "x");
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(counts().get("append")).isEqualTo(before.getOrDefault("append", 0L) + 2));
	}

	@Test
	void samplesTheTrafficEverySecond() {
		await().atMost(PATIENCE).until(() -> traffic(0).samples().size() > 2);
		List<Traffic.Sample> samples = traffic(0).samples();
		long newest = samples.get(samples.size() - 1).time();
		assertThat(traffic(newest - 1).samples()).isNotEmpty()
			.allSatisfy((sample) -> assertThat(sample.time()).isGreaterThanOrEqualTo(newest));
	}

	@Test
	void showsEverySlotAndWhoReplicatesWhom() {
		await().atMost(PATIENCE).until(() -> topology().nodes().size() == 6);
		List<NodeView> primaries = nodes(Role.PRIMARY);
		assertThat(primaries).hasSize(3);
		assertThat(primaries.stream().flatMap((node) -> node.slots().stream()).mapToInt(SlotRange::size).sum())
			.isEqualTo(16384);
		assertThat(nodes(Role.REPLICA)).extracting(NodeView::primaryId)
			.containsExactlyInAnyOrderElementsOf(primaries.stream().map(NodeView::id).toList());
	}

	@Test
	void showsTheConnectionsOfTheClient() {
		this.foo.opsForValue().get("dashboard-test");
		assertThat(topology().maxConnections()).isEqualTo(32);
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(topology().nodes()).anyMatch((node) -> node.active() + node.idle() > 0));
	}

	@Test
	void showsThatANodeWasKilledAndThatItReturned() {
		await().atMost(PATIENCE).until(() -> nodes(Role.REPLICA).size() == 3);
		int port = nodes(Role.REPLICA).get(0).port();
		this.client.delete().uri("/api/nodes/{port}", port).exchange().expectStatus().isOk();
		try {
			await().atMost(PATIENCE).until(() -> state(port) != NodeState.UP);
		}
		finally {
			this.client.put().uri("/api/nodes/{port}", port).exchange().expectStatus().isOk();
		}
		await().atMost(PATIENCE).until(() -> state(port) == NodeState.UP);
	}

	@Test
	void hasNoPowerOverOtherServers() {
		this.client.delete().uri("/api/nodes/1").exchange().expectStatus().isNotFound();
	}

	@Test
	void servesWhatTheFooterLinksTo() {
		this.client.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.value((text) -> assertThat(text).contains("redis_client_requests_total{"));
		this.client.get().uri("/actuator/health").exchange().expectStatus().isOk();
	}

	private Map<String, Long> counts() {
		return traffic(0).commands().stream().collect(Collectors.toMap(Traffic.Command::name, Traffic.Command::count));
	}

	private Traffic traffic(long after) {
		return get("/api/traffic?after=" + after, Traffic.class);
	}

	private TopologyView topology() {
		return get("/api/topology", TopologyView.class);
	}

	private List<NodeView> nodes(Role role) {
		return topology().nodes().stream().filter((node) -> node.role() == role).toList();
	}

	private NodeState state(int port) {
		return topology().nodes().stream().filter((node) -> node.port() == port).findFirst().orElseThrow().state();
	}

	private <T> T get(String uri, Class<T> type) {
		return this.client.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(type)
			.returnResult()
			.getResponseBody();
	}

}
