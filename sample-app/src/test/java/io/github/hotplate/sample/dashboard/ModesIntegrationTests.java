package io.github.hotplate.sample.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.client.RestTestClient;

import io.github.hotplate.config.ClientMode;
import io.github.hotplate.sample.RunningSample;
import io.github.hotplate.sample.board.FrontPage;
import io.github.hotplate.sample.board.Link;
import io.github.hotplate.sample.board.NewLink;
import io.github.hotplate.sample.dashboard.NodeView.Role;
import io.github.hotplate.test.EmbeddedRedis;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.topology.SlotRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ParameterizedClass
@CsvSource({ "CLUSTER, 3, 3, 16384", "SENTINEL, 1, 2, 0", "STANDALONE, 1, 0, 0", "SHARDED, 3, 0, 0" })
@TestMethodOrder(OrderAnnotation.class)
class ModesIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static RunningSample sample;

	@Parameter(0)
	private ClientMode mode;

	@Parameter(1)
	private int primaries;

	@Parameter(2)
	private int replicas;

	@Parameter(3)
	private int slots;

	private final RestTestClient client = sample.client();

	@BeforeParameterizedClassInvocation
	static void start(ClientMode mode) {
		sample = RunningSample.start(mode);
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		sample.close();
	}

	@Test
	void servesTheBoard() {
		assertThat(frontPage().links()).hasSize(12);
		assertThat(frontPage().missing()).isZero();
		Link link = this.client.post()
			.uri("/api/links")
			.body(new NewLink("In every mode", "https://example.com/mode"))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Link.class)
			.returnResult()
			.getResponseBody();
		this.client.post()
			.uri("/api/links/{id}/votes", link.id())
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.score")
			// Visitors vote too.
			.value(Integer.class, (score) -> assertThat(score).isGreaterThanOrEqualTo(2));
		this.client.get().uri("/links/{id}", link.id()).exchange().expectStatus().isFound();
	}

	@Test
	void showsTheNodesAndTheConnectionsToThem() {
		awaitUntil(() -> {
			assertThat(nodes(Role.PRIMARY)).hasSize(this.primaries);
			assertThat(nodes(Role.REPLICA)).hasSize(this.replicas);
			assertThat(topology().nodes()).extracting(NodeView::state).containsOnly(NodeState.UP);
			assertThat(topology().nodes()).anyMatch((node) -> node.active() + node.idle() > 0);
		});
		assertThat(topology()).returns(this.mode.label(), TopologyView::mode).returns(null, TopologyView::problem);
		assertThat(topology().nodes()).flatExtracting(NodeView::slots)
			.extracting(SlotRange::size)
			.satisfies((sizes) -> assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(this.slots));
		assertThat(topology().nodes()).extracting(NodeView::port)
			.containsExactlyInAnyOrderElementsOf(servers().stream().map(RedisNode::port).toList());
	}

	@Test
	void showsHotKeysWhereTheyAre() {
		awaitUntil(() -> {
			HotKeyView hotKeys = get("/api/hot-keys", HotKeyView.class);
			// Views are asked for before there are any.
			assertThat(hotKeys.reads().keys()).filteredOn((hot) -> !hot.key().startsWith("board:views:"))
				.isNotEmpty()
				.allSatisfy((hot) -> assertThat(server(hot.node()).execute("EXISTS", hot.key())).isEqualTo(1L));
			assertThat(hotKeys.nodes()).isNotEmpty()
				.allSatisfy((heat) -> assertThat(server(heat.node()).isRunning()).isTrue());
		});
	}

	@Test
	void tellsActuatorWhatItIs() {
		this.client.get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.components.redis.status")
			.isEqualTo("UP");
		this.client.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectBody(String.class)
			.value((text) -> assertThat(text).contains("redis_type=\"" + this.mode.label() + "\""));
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void showsThatAServerIsGoneAndThatItReturned() {
		awaitUntil(() -> assertThat(topology().nodes()).hasSize(this.primaries + this.replicas));
		int port = expendable();
		this.client.delete().uri("/api/nodes/{port}", port).exchange().expectStatus().isOk();
		awaitUntil(() -> {
			assertThat(node(port).state()).isNotEqualTo(NodeState.UP);
			assertThat(node(port).secondsToProbe() != null).isEqualTo(this.mode == ClientMode.SHARDED);
		});
		if (this.mode != ClientMode.STANDALONE) {
			awaitUntil(() -> assertThat(frontPage().links()).hasSize(12));
		}
		this.client.put().uri("/api/nodes/{port}", port).exchange().expectStatus().isOk();
		awaitUntil(() -> assertThat(topology().nodes()).extracting(NodeView::state).containsOnly(NodeState.UP));
		awaitUntil(() -> assertThat(frontPage().links()).hasSize(12));
	}

	// A replica, or else the server that has the ranking, which is lost with it.
	private int expendable() {
		return nodes(Role.REPLICA).stream()
			.findFirst()
			.map(NodeView::port)
			.orElseGet(() -> servers().stream()
				.filter((server) -> Long.valueOf(1).equals(server.execute("EXISTS", "board:ranking")))
				.findFirst()
				.orElseThrow()
				.port());
	}

	private List<RedisNode> servers() {
		return sample.bean(EmbeddedRedis.class).nodes();
	}

	private RedisNode server(String address) {
		return servers().stream().filter((server) -> server.toString().equals(address)).findFirst().orElseThrow();
	}

	private NodeView node(int port) {
		return topology().nodes().stream().filter((node) -> node.port() == port).findFirst().orElseThrow();
	}

	private List<NodeView> nodes(Role role) {
		return topology().nodes().stream().filter((node) -> node.role() == role).toList();
	}

	private TopologyView topology() {
		return get("/api/topology", TopologyView.class);
	}

	private FrontPage frontPage() {
		return get("/api/links", FrontPage.class);
	}

	private <T> T get(String uri, Class<T> type) {
		return Optional
			.ofNullable(this.client.get()
				.uri(uri)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(type)
				.returnResult()
				.getResponseBody())
			.orElseThrow();
	}

	private static void awaitUntil(ThrowingRunnable assertion) {
		await().atMost(PATIENCE).ignoreExceptions().untilAsserted(assertion);
	}

}
