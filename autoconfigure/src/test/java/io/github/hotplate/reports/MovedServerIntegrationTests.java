package io.github.hotplate.reports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.execution.NodeUnreachableException;
import io.github.hotplate.routing.Load;
import io.github.hotplate.routing.NodeStatistics;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.FaultProxy;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A name that leads to another server from some moment on, while the old server stays
 * alive.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class MovedServerIntegrationTests {

	/**
	 * It takes a second or two, and longer on a busy machine; it took a minute or for
	 * ever.
	 */
	private static final Duration SOON = Duration.ofSeconds(15);

	private static EmbeddedRedisShards shards;

	private static EmbeddedRedisServer server;

	private RedisNode former;

	private RedisNode successor;

	private FaultProxy name;

	@BeforeEach
	void follow() {
		this.former = shards.nodes().get(0);
		this.successor = server.node();
		this.name = FaultProxy.to(this.former);
		replicate(this.successor, this.former);
		Awaitility.await().until(() -> info(this.successor).contains("master_link_status:up"));
	}

	@AfterEach
	void heal() {
		this.name.close();
		List.of(this.former, this.successor).forEach((node) -> node.execute("REPLICAOF", "NO", "ONE"));
		shards.awaitHealthy();
		shards.flush();
		server.flush();
	}

	@Test
	@Report("spring-data-redis #3431")
	void writersFollowNameToPromotedServer() {
		RedisNode other = shards.nodes().get(1);
		List<String> keys = IntStream.range(0, 20).mapToObj((i) -> "key:" + i).toList();
		try (TestClient client = start("standalone", url());
				TestClient sharded = start("sharded", url() + "," + other);
				Load load = Load.start(() -> client.redis().opsForValue().set("a", "1"),
						() -> client.redis().opsForValue().increment("b"), () -> pipeline(client.redis()),
						() -> keys.forEach((key) -> sharded.redis().opsForValue().set(key, "x")))) {
			failOver();
			// As it takes until DNS tells.
			Awaitility.await().until(() -> NodeStatistics.errors(List.of(this.former), "READONLY") > 10);
			this.name.retarget(this.successor);
			assertMoved("set");
			load.awaitCalls();
			assertThat(load.failures()).isEmpty();
			assertThat(sharded.pool().ejected()).isEmpty();
		}
	}

	private static void pipeline(StringRedisTemplate redis) {
		redis.executePipelined((RedisCallback<?>) (connection) -> {
			IntStream.range(0, 10)
				.forEach((i) -> connection.stringCommands()
					.set(("p" + i).getBytes(StandardCharsets.UTF_8), "x".getBytes(StandardCharsets.UTF_8)));
			return null;
		});
	}

	@Test
	@Report("spring-data-redis #3431")
	void readersFollowNameToPromotedServer() {
		try (TestClient client = start("standalone", url());
				TestClient sharded = start("sharded", url() + "," + shards.nodes().get(1));
				Load load = Load.start(() -> client.redis().opsForValue().get("a"),
						() -> sharded.redis().opsForValue().multiGet(List.of("a", "b", "c", "d", "e")))) {
			awaitAcquaintance();
			failOver();
			// It begins with the wrong server, and sees no change.
			try (TestClient late = start("standalone", url());
					Load more = Load.start(() -> late.redis().opsForValue().get("a"))) {
				this.name.retarget(this.successor);
				assertMoved("get");
				assertThat(more.failures()).isEmpty();
			}
			assertThat(load.failures()).isEmpty();
			assertThat(sharded.pool().ejected()).isEmpty();
		}
	}

	@Test
	@Report("spring-data-redis #3431")
	void nameMovesAwayFromPrimaryThatStaysPrimary() {
		this.successor.execute("REPLICAOF", "NO", "ONE");
		Queue<String> heard = new ConcurrentLinkedQueue<>();
		try (TestClient client = start("standalone", url(), "topology_refresh_period=1s");
				Load load = Load.start(() -> client.redis().opsForValue().get("a"))) {
			RedisMessageListenerContainer container = listen(client, heard);
			awaitAcquaintance();
			this.name.retarget(this.successor);
			assertMoved("get");
			Awaitility.await().until(() -> {
				this.successor.execute("PUBLISH", "news", "here");
				return heard.contains("here");
			});
			assertThat(load.failures()).isEmpty();
			container.stop();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "standalone", "sharded" })
	@Report("spring-data-redis #3431")
	void commandThatWaitsFollowsName(String mode) {
		this.successor.execute("REPLICAOF", "NO", "ONE");
		try (TestClient client = start(mode, url(), "topology_refresh_period=1s")) {
			CompletableFuture<String> found = CompletableFuture
				.supplyAsync(() -> client.redis().opsForList().leftPop("jobs", Duration.ofMinutes(10)));
			Awaitility.await().until(() -> blocked(this.former) == 1);
			// On another connection, which is kept.
			awaitAcquaintance();
			this.name.retarget(this.successor);
			Awaitility.await().atMost(SOON).until(() -> blocked(this.successor) == 1);
			assertThat(blocked(this.former)).isZero();
			this.successor.execute("RPUSH", "jobs", "first");
			assertThat(found).succeedsWithin(SOON).isEqualTo("first");
		}
	}

	@Test
	@Report("spring-data-redis #3431")
	void transactionDoesNotRunWhereItsKeysWereWatched() {
		this.successor.execute("REPLICAOF", "NO", "ONE");
		try (TestClient client = start("standalone", url(), "topology_refresh_period=1s")) {
			StringRedisTemplate redis = client.redis();
			assertThatExceptionOfType(NodeUnreachableException.class)
				.isThrownBy(() -> redis.execute(new SessionCallback<Object>() {

					@Override
					public <K, V> Object execute(RedisOperations<K, V> operations) {
						@SuppressWarnings("unchecked")
						RedisOperations<String, String> texts = (RedisOperations<String, String>) operations;
						texts.watch("watched");
						awaitAcquaintance();
						MovedServerIntegrationTests.this.name.retarget(MovedServerIntegrationTests.this.successor);
						Awaitility.await().atMost(SOON).until(() -> {
							redis.opsForValue().set("here", "x");
							return "x".equals(MovedServerIntegrationTests.this.successor.execute("GET", "here"));
						});
						texts.multi();
						texts.opsForValue().set("written", "x");
						return texts.exec();
					}

				}))
				.withMessageContaining("nothing was sent");
			assertThat(this.former.execute("GET", "written")).isNull();
			assertThat(this.successor.execute("GET", "written")).isNull();
		}
	}

	private static int blocked(RedisNode node) {
		return (int) String.valueOf(node.execute("CLIENT", "LIST"))
			.lines()
			.filter((client) -> client.contains(" cmd=blpop"))
			.count();
	}

	private static RedisMessageListenerContainer listen(TestClient client, Queue<String> heard) {
		RedisMessageListenerContainer container = new RedisMessageListenerContainer();
		container.setConnectionFactory(client.redis().getRequiredConnectionFactory());
		container.addMessageListener(
				(message, pattern) -> heard.add(new String(message.getBody(), StandardCharsets.UTF_8)),
				new ChannelTopic("news"));
		container.afterPropertiesSet();
		container.start();
		return container;
	}

	@Test
	@Report("spring-data-redis #3431")
	void userWhoMayNotAskFollowsNameAsWell() {
		List.of(this.former, this.successor)
			.forEach((node) -> node.execute("ACL", "SETUSER", "app", "on", ">s3cret", "~*", "&*", "+@all", "-info",
					"-role"));
		try (TestClient client = start("standalone", url(), "username=app", "password=s3cret");
				Load load = Load.start(() -> client.redis().opsForValue().set("a", "1"))) {
			failOver();
			this.name.retarget(this.successor);
			assertMoved("set");
			load.awaitCalls();
			assertThat(load.failures()).isEmpty();
		}
		finally {
			List.of(this.former, this.successor).forEach((node) -> node.execute("ACL", "DELUSER", "app"));
		}
	}

	private String url() {
		return "redis://localhost:" + this.name.port();
	}

	private static TestClient start(String mode, String url, String... properties) {
		return TestClient.start(url,
				Stream.concat(Stream.of("mode=" + mode), Stream.of(properties)).toArray(String[]::new));
	}

	/**
	 * Wait until the client has asked the server who it is.
	 */
	private void awaitAcquaintance() {
		NodeStatistics.reset(List.of(this.former));
		Awaitility.await().until(() -> NodeStatistics.calls(List.of(this.former), "role") > 0);
	}

	private void failOver() {
		this.successor.execute("REPLICAOF", "NO", "ONE");
		replicate(this.former, this.successor);
		NodeStatistics.reset(List.of(this.former));
	}

	private void assertMoved(String command) {
		NodeStatistics.reset(List.of(this.successor));
		Awaitility.await().atMost(SOON).until(() -> NodeStatistics.calls(List.of(this.successor), command) > 10);
		// Those that had begun may end.
		Awaitility.await().atMost(SOON).until(() -> {
			NodeStatistics.reset(List.of(this.former, this.successor));
			Awaitility.await().until(() -> NodeStatistics.calls(List.of(this.successor), command) > 100);
			return NodeStatistics.errors(List.of(this.former), "READONLY")
					+ (command.endsWith("get") ? reads(this.former) : 0) == 0;
		});
	}

	private static int reads(RedisNode node) {
		return NodeStatistics.calls(List.of(node), "get") + NodeStatistics.calls(List.of(node), "mget");
	}

	private static void replicate(RedisNode node, RedisNode primary) {
		node.execute("REPLICAOF", primary.host(), String.valueOf(primary.port()));
	}

	private static String info(RedisNode node) {
		return String.valueOf(Objects.requireNonNull(node.execute("INFO", "replication")));
	}

}
