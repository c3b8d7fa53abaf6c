package io.github.hotplate.client;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.autoconfigure.HotplateAutoConfiguration;
import io.github.hotplate.autoconfigure.SecuredClients;
import io.github.hotplate.pool.JedisClientCustomizer;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sentinels and data nodes that serve TLS only, and want different users and passwords.
 */
@ExtendWith(OutputCaptureExtension.class)
class SentinelSecurityIntegrationTests {

	private static EmbeddedRedisSentinel redis;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
		.withPropertyValues("foo.url=" + redis.url().replace("://", "://app:s3cret@"));

	private final ApplicationContextRunner trustingRunner = this.contextRunner.withBean(JedisClientCustomizer.class,
			() -> SecuredClients.trust(redis.tls()));

	@BeforeAll
	static void start() {
		redis = EmbeddedRedisSentinel.builder()
			.replicas(1)
			.tls(true)
			.user("app", "s3cret")
			.sentinelPassword("wat(her")
			.start();
		redis.sentinels()
			.forEach((sentinel) -> sentinel.execute("ACL", "SETUSER", "asking", "on", ">qu3stion", "&*", "-@all",
					"+sentinel", "+subscribe", "+auth", "+hello"));
	}

	@AfterAll
	static void stop() {
		redis.close();
	}

	@Test
	void worksWithPasswordOfSentinels(CapturedOutput output) {
		this.trustingRunner.withPropertyValues("foo.sentinel_password=wat(her")
			.run(SentinelSecurityIntegrationTests::assertThatFailoverIsFollowed);
		assertThat(output).contains("rediss-sentinel://app:******@").doesNotContain("s3cret").doesNotContain("wat(her");
	}

	@Test
	void worksWithUserOfSentinelsWhoMayDoLittle(CapturedOutput output) {
		this.trustingRunner.withPropertyValues("foo.sentinel_username=asking", "foo.sentinel_password=qu3stion")
			.run(SentinelSecurityIntegrationTests::assertThatFailoverIsFollowed);
		assertThat(output).doesNotContain("qu3stion");
	}

	private static void assertThatFailoverIsFollowed(AssertableApplicationContext context) {
		StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
		ClusterPool pool = context.getBean(ClusterPool.class);
		foo.opsForValue().set("text", "x");
		assertThat(primary(pool)).isEqualTo(address(redis.primary()));
		RedisNode successor = redis.failOver();
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> primary(pool).equals(address(successor)));
		foo.opsForValue().set("text", "y");
		assertThat(successor.execute("GET", "text")).isEqualTo("y");
		redis.awaitHealthy();
	}

	@Test
	void failsWithWrongPasswordOfSentinels() {
		this.trustingRunner.withPropertyValues("foo.sentinel_password=wr0ng")
			.run((context) -> assertThat(SecuredClients.startupException(context).getDescription())
				.startsWith("Sentinel ")
				.contains("rejected the credentials of Redis client 'foo'", "WRONGPASS")
				.doesNotContain("wr0ng"));
	}

	@Test
	void failsWithoutPasswordOfSentinels() {
		this.trustingRunner.run((context) -> {
			assertThat(SecuredClients.startupException(context).getDescription()).contains("rejected the credentials",
					"NOAUTH");
			assertThat(SecuredClients.startupException(context).getAction()).contains("foo.sentinel_username",
					"foo.sentinel_password");
		});
	}

	@Test
	void failsWithWrongPasswordOfDataNodes() {
		this.trustingRunner.withPropertyValues("foo.sentinel_password=wat(her", "foo.password=wr0ng")
			.run((context) -> assertThat(SecuredClients.startupException(context).getDescription())
				.startsWith("Redis rejected the credentials of Redis client 'foo'")
				.contains("WRONGPASS")
				.doesNotContain("wr0ng"));
	}

	@Test
	void failsWithoutTrustStore() {
		this.contextRunner.withPropertyValues("foo.sentinel_password=wat(her")
			.run((context) -> assertThat(SecuredClients.startupException(context).getDescription())
				.startsWith("No Sentinel of Redis client 'foo'")
				.contains("unable to find valid certification path"));
	}

	private static HostAndPort primary(ClusterPool pool) {
		return pool.topology().shards().get(0).primary().address();
	}

	private static HostAndPort address(RedisNode node) {
		return new HostAndPort(node.host(), node.port());
	}

}
