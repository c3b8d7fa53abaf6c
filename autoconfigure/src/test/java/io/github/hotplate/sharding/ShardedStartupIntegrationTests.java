package io.github.hotplate.sharding;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import io.github.hotplate.penalty.ClusterEmptyException;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisShards;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What happens when an application with a sharded client starts, or does not.
 */
@ExtendWith({ EmbeddedRedisExtension.class, OutputCaptureExtension.class })
class ShardedStartupIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	// No server ever listens on port 1.
	private static final String UNREACHABLE = "redis://app:s3cret@127.0.0.1:1,127.0.0.2:1";

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisSentinel group;

	private static EmbeddedRedisShards servers;

	@BeforeEach
	void heal() {
		servers.awaitHealthy();
	}

	@Test
	void saysWhatIsConnected(CapturedOutput output) {
		ShardedApplication.start(servers.url()).close();
		assertThat(output).contains("Redis client 'foo': mode sharded, 3 nodes in 3 shards").doesNotContain("WARN");
	}

	@Test
	void oneDeadServerIsNoReasonNotToStart(CapturedOutput output) {
		servers.nodes().get(0).kill();
		try (ShardedApplication application = ShardedApplication.start(servers.url())) {
			assertThat(output).contains("Redis client 'foo': mode sharded, 3 nodes in 2 shards");
			Awaitility.await()
				.atMost(LONG)
				.untilAsserted(() -> assertThat(output)
					.contains("Client 'foo' ejects " + servers.nodes().get(0) + " and probes it in 10000 ms"));
			application.foo().opsForValue().set("hi", "x");
			assertThat(servers.nodes().get(1).execute("EXISTS", "hi")).isEqualTo(1L);
		}
	}

	@Test
	void failsWhenNoServerIsReachable(CapturedOutput output) {
		assertThatException().isThrownBy(() -> ShardedApplication.start(UNREACHABLE));
		assertThat(output)
			.containsSubsequence("APPLICATION FAILED TO START", "Description:",
					"No node of Redis client 'foo' (foo.url: redis://app:******@127.0.0.1:1", "can be reached: ",
					"Action:", "set foo.startup to warn")
			.doesNotContain("s3cret");
	}

	@Test
	void startsWithoutServersAndWorksAsSoonAsTheyDo(CapturedOutput output) {
		servers.nodes().forEach(RedisNode::kill);
		try (ShardedApplication application = ShardedApplication.start(servers.url(), "startup=warn",
				"penalty_box.min_wait=100 milliseconds", "penalty_box.max_wait=100 milliseconds")) {
			assertThat(output).contains("Redis client 'foo' cannot connect; starting anyway (foo.startup=warn)");
			assertThatExceptionOfType(ClusterEmptyException.class)
				.isThrownBy(() -> application.foo().opsForValue().get("hi"));
			servers.awaitHealthy();
			Awaitility.await().atMost(LONG).until(() -> application.shards().penaltyBox().active().activeCount() == 3);
			application.foo().opsForValue().set("hi", "x");
		}
	}

	@Test
	void warnsOfServersInClusterMode(CapturedOutput output) {
		ShardedApplication.start(cluster.url()).close();
		assertThat(output).containsOnlyOnce("Client 'foo' has mode sharded, but")
			.contains("in cluster mode: keys are placed twice", "Set foo.mode to cluster");
	}

	@Test
	void failsForSentinel(CapturedOutput output) {
		RedisNode sentinel = group.sentinels().get(0);
		assertThatException()
			.isThrownBy(() -> ShardedApplication.start(servers.url() + "," + sentinel, "startup=warn"));
		assertThat(output).containsSubsequence("Description:",
				"The server " + sentinel + " of Redis client 'foo' is a Sentinel and holds no data", "Action:",
				"Set foo.url to redis-sentinel://");
	}

	@Test
	void failsForTwoNamesOfOneServer(CapturedOutput output) {
		String again = "localhost:" + servers.nodes().get(1).port();
		assertThatException().isThrownBy(() -> ShardedApplication.start(servers.url() + "," + again, "startup=warn"));
		assertThat(output).containsSubsequence("Description:",
				servers.nodes().get(1) + " and " + again + " of Redis client 'foo' are the same server", "Action:",
				"Write each server in foo.url once");
	}

	@Test
	void failsForRejectedCredentials(CapturedOutput output) {
		assertThatException().isThrownBy(
				() -> ShardedApplication.start(servers.url(), "username=app", "password=s3cret", "startup=warn"));
		assertThat(output).contains("Redis rejected the credentials of Redis client 'foo'").doesNotContain("s3cret");
	}

}
