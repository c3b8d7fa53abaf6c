package io.github.hotplate.sharding;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.hotplate.penalty.ActiveShards;
import io.github.hotplate.penalty.PenaltyTransition;
import io.github.hotplate.template.MonitoredRedisTemplate;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A sharded client on three servers that die, hang and return.
 */
@ExtendWith(EmbeddedRedisExtension.class)
abstract class AbstractShardFailureIntegrationTests {

	static final Duration LONG = Duration.ofSeconds(30);

	/**
	 * Servers return soon.
	 */
	static final String[] BRISK = { "penalty_box.min_wait=200 milliseconds", "penalty_box.max_wait=400 milliseconds",
			"socket_timeout=1 second" };

	/**
	 * Silence is noticed soon, and ejected servers stay ejected while a test looks.
	 */
	static final String[] IMPATIENT = { "penalty_box.min_wait=20 seconds", "penalty_box.max_wait=20 seconds",
			"socket_timeout=1 second" };

	/**
	 * Keys of the second server: their fallbacks are the first and the third.
	 */
	static final List<String> KEYS_OF_SECOND = List.of("redis", "hello", "user:1", "user:3");

	static EmbeddedRedisShards servers;

	private ShardedApplication application;

	@BeforeEach
	void heal() {
		servers.awaitHealthy();
		servers.flush();
	}

	@AfterEach
	void stop() {
		if (this.application != null) {
			this.application.close();
		}
	}

	final void start(String... properties) {
		this.application = ShardedApplication.start(servers.url(), properties);
	}

	/**
	 * Start an application whose only connection is to the first server.
	 */
	final void startWithoutConnectionToSecond() {
		start("penalty_box.min_wait=20 seconds", "penalty_box.max_wait=20 seconds", "max_connections=1");
		foo().opsForValue().get("hi");
	}

	final ShardedApplication application() {
		return this.application;
	}

	final MonitoredRedisTemplate foo() {
		return this.application.foo();
	}

	final ShardedRedisCluster shards() {
		return this.application.shards();
	}

	final ActiveShards active() {
		return shards().penaltyBox().active();
	}

	final void assertLeftOut(int server) {
		assertThat(active().isActive(server)).isFalse();
	}

	final void awaitActive(int number) {
		Awaitility.await().atMost(LONG).until(() -> active().activeCount() == number);
	}

	final void awaitTransition(int server, PenaltyTransition transition) {
		Awaitility.await().atMost(LONG).until(() -> this.application.transitionsOf(node(server)).contains(transition));
	}

	static RedisNode node(int index) {
		return servers.nodes().get(index);
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
