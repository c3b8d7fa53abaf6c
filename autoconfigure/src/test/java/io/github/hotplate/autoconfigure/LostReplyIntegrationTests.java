package io.github.hotplate.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;

import io.github.hotplate.execution.AmbiguousExecutionException;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A primary that falls silent after a command was sent, and then comes back and runs it:
 * a second attempt would run it twice.
 */
class LostReplyIntegrationTests {

	/**
	 * Short for a test, and long for a reply from Redis on a machine that does much else.
	 */
	private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration WAIT = Duration.ofSeconds(20);

	private static EmbeddedRedisCluster cluster;

	private ConfigurableApplicationContext context;

	private StringRedisTemplate foo;

	private RedisNode primary;

	@BeforeAll
	static void startCluster() {
		// No replica takes over meanwhile.
		cluster = EmbeddedRedisCluster.builder().replicasPerPrimary(0).nodeTimeout(Duration.ofSeconds(30)).start();
	}

	@AfterAll
	static void stopCluster() {
		cluster.close();
	}

	@BeforeEach
	void start() {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--foo.url=" + cluster.url(), "--foo.socket_timeout=" + SOCKET_TIMEOUT);
		this.foo = this.context.getBean("foo", StringRedisTemplate.class);
		// Connected before it falls silent.
		this.foo.opsForValue().set("key", "0");
		this.primary = cluster.primaryOf("key");
		this.primary.pause();
	}

	@AfterEach
	void stop() {
		this.context.close();
		cluster.awaitHealthy();
	}

	@Test
	void incrementIsNotRepeated() {
		assertThatExceptionOfType(AmbiguousExecutionException.class)
			.isThrownBy(() -> this.foo.opsForValue().increment("key"))
			.withMessageContainingAll("INCR on client 'foo'", "its reply was lost");
		this.primary.resume();
		assertThat(this.foo.opsForValue().increment("key")).isEqualTo(2);
	}

	@Test
	void readIsRepeated() {
		CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> this.foo.opsForValue().get("key"));
		resumeAfterLostReply();
		assertThat(read).succeedsWithin(WAIT).isEqualTo("0");
	}

	@Test
	void idempotentWriteIsRepeated() {
		CompletableFuture<Void> write = CompletableFuture.runAsync(() -> this.foo.opsForValue().set("key", "1"));
		resumeAfterLostReply();
		assertThat(write).succeedsWithin(WAIT);
		assertThat(this.foo.opsForValue().get("key")).isEqualTo("1");
	}

	private void resumeAfterLostReply() {
		Awaitility.await().pollDelay(SOCKET_TIMEOUT.multipliedBy(2)).until(() -> true);
		this.primary.resume();
	}

	@ImportAutoConfiguration(HotplateAutoConfiguration.class)
	static class Application {

	}

}
