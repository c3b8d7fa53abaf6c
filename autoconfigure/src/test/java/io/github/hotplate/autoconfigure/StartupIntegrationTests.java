package io.github.hotplate.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.client.ClusterPool;
import io.github.hotplate.routing.UnservedSlot;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What a user reads when an application starts, or does not.
 */
@ExtendWith({ EmbeddedRedisExtension.class, OutputCaptureExtension.class })
class StartupIntegrationTests {

	// No server ever listens on port 1.
	private static final String UNREACHABLE = "redis://app:s3cret@127.0.0.1:1";

	private static EmbeddedRedisCluster cluster;

	private static EmbeddedRedisServer server;

	@AfterEach
	void heal() {
		cluster.awaitHealthy();
	}

	@Test
	void saysWhatIsConnected(CapturedOutput output) {
		run("foo.url=" + cluster.url(), "foo.max_connections=7").close();
		assertThat(output).containsOnlyOnce("Redis client 'foo'")
			.contains("Redis client 'foo': mode cluster, 6 nodes in 3 shards, max_connections 7, url " + cluster.url())
			.contains("\"foo.url\" from property source \"commandLineArgs\"");
	}

	@Test
	void failsWhenNoSeedIsReachable(CapturedOutput output) {
		assertStartFails("foo.url=" + UNREACHABLE);
		assertThat(output)
			.containsSubsequence("APPLICATION FAILED TO START", "Description:",
					"No node of Redis client 'foo' (foo.url: redis://app:******@127.0.0.1:1", "can be reached: ",
					"127.0.0.1:1", "Action:",
					"Start Redis or correct foo.url; to start the application anyway, set foo.startup to warn")
			.doesNotContain("s3cret");
	}

	@Test
	void failsWhenServerIsNotInClusterMode(CapturedOutput output) {
		assertStartFails("foo.url=" + server.url());
		assertThat(output).containsSubsequence("Description:",
				"The server of Redis client 'foo' (foo.url: " + server.url(), "is not in cluster mode", "Action:",
				"Set foo.mode to standalone, or point foo.url at a Redis Cluster");
	}

	@Test
	void failsWhenServerWithoutPasswordIsGivenOne(CapturedOutput output) {
		assertStartFails("foo.url=" + cluster.url(), "foo.username=app", "foo.password=s3cret");
		assertThat(output)
			.containsSubsequence("Description:", "Redis rejected the credentials of Redis client 'foo'", "WRONGPASS",
					"Action:", "Check foo.username and foo.password, or the user and password in foo.url")
			.doesNotContain("s3cret");
	}

	@Test
	void failsForBadValue(CapturedOutput output) {
		assertStartFails("foo.url=" + UNREACHABLE, "foo.timeout=200 parsecs");
		assertThat(output).containsSubsequence("Description:", "foo.timeout: unknown unit", "200 parsecs", "Action:");
	}

	@Test
	void failsForSwitchThatIsNoBoolean(CapturedOutput output) {
		assertStartFails("hotplate.enabled=banana");
		assertThat(output).containsSubsequence("Description:", "hotplate.enabled: must be true or false", "banana",
				"Action:", "Set hotplate.enabled to true or false.");
	}

	@Test
	void failsWhenSlotsAreNotServedAndAllMustBe(CapturedOutput output) {
		try (UnservedSlot slot = UnservedSlot.of(cluster, 0)) {
			assertStartFails("foo.url=" + cluster.url(), "foo.skip_full_coverage_check=false");
			assertThat(output).containsSubsequence("Description:", "Only 16383 of 16384 slots of Redis client 'foo'",
					"Action:", "foo.skip_full_coverage_check");
		}
	}

	@Test
	void startsWithoutRedisAndWorksAsSoonAsRedisDoes(CapturedOutput output) {
		List<RedisNode> nodes = cluster.nodes();
		nodes.forEach(RedisNode::kill);
		try (ConfigurableApplicationContext context = run("foo.url=" + cluster.url(), "foo.startup=warn",
				"foo.retry.deadline=5m", "foo.topology_refresh_period=100ms")) {
			assertThat(output).contains("Redis client 'foo' cannot connect; starting anyway (foo.startup=warn)");
			StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
			CompletableFuture<Long> count = CompletableFuture.supplyAsync(() -> foo.opsForValue().increment("late"));
			assertThat(count).isNotDone();
			cluster.awaitHealthy();
			assertThat(count).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(1L);
			// Primaries name a replica as soon as it has caught up.
			ClusterPool pool = context.getBean(ClusterPool.class);
			Awaitility.await().untilAsserted(() -> assertThat(pool.topology().nodes()).hasSize(6));
		}
	}

	private static void assertStartFails(String... properties) {
		assertThatException().isThrownBy(() -> run(properties));
	}

	private static ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run(Stream.of(properties).map("--"::concat).toArray(String[]::new));
	}

	@ImportAutoConfiguration(HotplateAutoConfiguration.class)
	static class Application {

	}

}
