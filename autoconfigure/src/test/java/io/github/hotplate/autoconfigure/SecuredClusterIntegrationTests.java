package io.github.hotplate.autoconfigure;

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

import io.github.hotplate.pool.JedisClientCustomizer;
import io.github.hotplate.test.EmbeddedRedisCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cluster that serves TLS only and wants a user and a password.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecuredClusterIntegrationTests {

	private static EmbeddedRedisCluster cluster;

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(HotplateAutoConfiguration.class))
		.withPropertyValues("foo.url=" + cluster.url());

	private final ApplicationContextRunner trustingRunner = this.contextRunner.withBean(JedisClientCustomizer.class,
			() -> SecuredClients.trust(cluster.tls()));

	@BeforeAll
	static void start() {
		cluster = EmbeddedRedisCluster.builder().replicasPerPrimary(0).tls(true).user("app", "s3cret").start();
	}

	@AfterAll
	static void stop() {
		cluster.close();
	}

	@Test
	void worksWithItsTrustStoreAndItsUser() {
		this.trustingRunner.withPropertyValues("foo.username=app", "foo.password=s3cret")
			.run(SecuredClusterIntegrationTests::assertThatEveryShardAnswers);
	}

	@Test
	void worksWithUserInUrl(CapturedOutput output) {
		this.trustingRunner.withPropertyValues("foo.url=" + cluster.url().replace("://", "://app:s3cret@"))
			.run(SecuredClusterIntegrationTests::assertThatEveryShardAnswers);
		assertThat(output).contains("rediss://app:******@").doesNotContain("s3cret");
	}

	private static void assertThatEveryShardAnswers(AssertableApplicationContext context) {
		StringRedisTemplate foo = context.getBean("foo", StringRedisTemplate.class);
		for (int i = 0; i < 20; i++) {
			foo.opsForValue().set("secured:" + i, "x");
			assertThat(foo.opsForValue().get("secured:" + i)).isEqualTo("x");
		}
	}

	@Test
	void failsWithWrongPassword() {
		this.trustingRunner.withPropertyValues("foo.username=app", "foo.password=wr0ng")
			.run((context) -> assertThat(SecuredClients.startupException(context).getDescription())
				.startsWith("Redis rejected the credentials of Redis client 'foo'")
				.contains("WRONGPASS")
				.doesNotContain("wr0ng"));
	}

	@Test
	void failsWithoutPassword() {
		this.trustingRunner.run((context) -> assertThat(SecuredClients.startupException(context).getDescription())
			.startsWith("Redis rejected the credentials of Redis client 'foo'")
			.contains("NOAUTH"));
	}

	@Test
	void failsWithoutTrustStore() {
		this.contextRunner.withPropertyValues("foo.username=app", "foo.password=s3cret")
			.run((context) -> assertThat(SecuredClients.startupException(context).getDescription())
				.startsWith("No node of Redis client 'foo'")
				.contains("unable to find valid certification path"));
	}

}
