package io.github.hotplate.sharding;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

/**
 * Placement, penalty box and merge over three real servers.
 */
class ShardedServersIntegrationTests {

	private static final Duration PENALTY = Duration.ofMillis(200);

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final int PROBE_TIMEOUT_MILLIS = 500;

	private static List<EmbeddedRedisServer> servers = List.of();

	private final Queue<PenaltyEvent> events = new ConcurrentLinkedQueue<>();

	private final List<HostAndPort> nodes = nodes().map((node) -> new HostAndPort(node.host(), node.port())).toList();

	private final List<JedisConnectionFactory> factories = nodes().map(ShardedServersIntegrationTests::factory)
		.toList();

	private final PenaltyBox box = new PenaltyBox("sharded", this.nodes,
			new PenaltyBoxOptions(PENALTY, PENALTY.multipliedBy(2), 1.5, 1, 1), ShardedServersIntegrationTests::probe,
			this.events::add);

	private final ShardedClients<StringRedisTemplate> clients = new ShardedClients<>(
			this.factories.stream().map(StringRedisTemplate::new).toList(), this.box::active);

	@BeforeAll
	static void startServers() {
		servers = Stream.generate(() -> EmbeddedRedisServer.builder().start()).limit(3).toList();
	}

	@AfterAll
	static void stopServers() {
		servers.forEach(EmbeddedRedisServer::close);
	}

	@BeforeEach
	void heal() {
		servers.forEach(EmbeddedRedisServer::awaitHealthy);
		servers.forEach(EmbeddedRedisServer::flush);
	}

	@AfterEach
	void close() {
		this.box.close();
		this.factories.forEach(JedisConnectionFactory::destroy);
	}

	@Test
	void keysAreWhereFlusterPutsThem() {
		Stream.of("hi", "hello", "test").forEach((key) -> this.clients.get(key).opsForValue().set(key, "value"));
		assertThat(nodes().map((node) -> node.execute("KEYS", "*"))).extracting(Object::toString)
			.satisfiesExactly((keys) -> assertThat(keys).contains("hi"), (keys) -> assertThat(keys).contains("hello"),
					(keys) -> assertThat(keys).contains("test"));
	}

	@Test
	void nodeThatDiesIsLeftOutAndReturns() {
		node(1).kill();
		assertThatExceptionOfType(RedisConnectionFailureException.class)
			.isThrownBy(() -> this.clients.get("hello").opsForValue().set("hello", "value"));
		this.box.failed(1);
		this.clients.get("hello").opsForValue().set("hello", "elsewhere");
		Awaitility.await().atMost(LONG).until(() -> told(PenaltyTransition.STILL_DOWN));
		node(1).restart();
		Awaitility.await().atMost(LONG).until(() -> told(PenaltyTransition.RETURNED));
		assertThat(this.clients.get("hello").opsForValue().get("hello")).isNull();
	}

	@Test
	void nodeThatHangsReturnsWhenItGoesOn() {
		node(2).pause();
		this.box.failed(2);
		Awaitility.await().atMost(LONG).until(() -> told(PenaltyTransition.STILL_DOWN));
		node(2).resume();
		Awaitility.await().atMost(LONG).until(() -> told(PenaltyTransition.RETURNED));
	}

	@Test
	void sortedSetsAreMergedWithoutTheDead() {
		this.clients.get(0).opsForZSet().add("board", "x", -5);
		this.clients.get(1).opsForZSet().add("board", "x", 50);
		this.clients.get(2).opsForZSet().add("board", "x", -2);
		this.clients.get(2).opsForZSet().add("board", "y", -1);
		this.clients.get(2).opsForZSet().add("board", "z", -100);
		node(1).kill();
		MergedScores<String> merged = new ScoreMerge<>(this.clients, RedisConnectionFailureException.class::isInstance)
			.merge((template) -> template.opsForZSet().reverseRangeByScoreWithScores("board", -10, 100));
		assertThat(merged.scores()).containsExactly(entry("y", -1L), entry("x", -2L));
		assertThat(merged.missing()).containsExactly(this.nodes.get(1));
	}

	private boolean told(PenaltyTransition transition) {
		return this.events.stream().anyMatch((event) -> event.transition() == transition);
	}

	private static ProbeOutcome probe(HostAndPort node) {
		try (Jedis jedis = new Jedis(node.getHost(), node.getPort(), PROBE_TIMEOUT_MILLIS)) {
			jedis.echo("alive");
			return ProbeOutcome.ALIVE;
		}
		catch (JedisException ex) {
			return ProbeOutcome.DOWN;
		}
	}

	private static Stream<RedisNode> nodes() {
		return servers.stream().map(EmbeddedRedisServer::node);
	}

	private static RedisNode node(int index) {
		return servers.get(index).node();
	}

	private static JedisConnectionFactory factory(RedisNode node) {
		JedisConnectionFactory factory = new JedisConnectionFactory(
				new RedisStandaloneConfiguration(node.host(), node.port()));
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

}
