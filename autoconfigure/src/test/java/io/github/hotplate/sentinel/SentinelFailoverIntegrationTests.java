package io.github.hotplate.sentinel;

import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a client hears from its Sentinels without asking. Nobody but the listener asks
 * here.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SentinelFailoverIntegrationTests {

	private static final String THREAD = "hotplate-foo-sentinel";

	private static EmbeddedRedisSentinel redis;

	private final Queue<HostAndPort> primaries = new ConcurrentLinkedQueue<>();

	private volatile HostAndPort primary;

	private SentinelMonitor monitor;

	@BeforeEach
	void follow() {
		this.monitor = SentinelClient.monitor(redis.url());
		this.monitor.start(this::read);
		await().untilAsserted(() -> assertThat(this.primary).isEqualTo(SentinelClient.address(redis.primary())));
	}

	@AfterEach
	void heal() {
		this.monitor.close();
		redis.awaitHealthy();
	}

	private void read() {
		try {
			HostAndPort current = this.monitor.read().primary();
			if (!Objects.equals(this.primary, current)) {
				this.primaries.add(current);
				this.primary = current;
			}
		}
		catch (SentinelDiscoveryException ex) {
			// There will be news when the failover is over.
		}
	}

	@Test
	void hearsOfOrderlyFailover() {
		HostAndPort former = this.primary;
		HostAndPort successor = SentinelClient.address(redis.failOver());
		await().atMost(Duration.ofSeconds(8)).until(() -> successor.equals(this.primary));
		assertThat(this.primaries).containsExactly(former, successor);
	}

	@Test
	void hearsOfDeadPrimary() {
		HostAndPort former = this.primary;
		redis.primary().kill();
		await().until(() -> !former.equals(this.primary));
		assertThat(this.primaries).hasSize(2);
		assertThat(this.primary).isIn(SentinelClient.addresses(redis.nodes()));
	}

	@Test
	void hearsOfSilentPrimary() {
		HostAndPort former = this.primary;
		redis.primary().pause();
		await().until(() -> !former.equals(this.primary));
		assertThat(this.primaries).hasSize(2);
	}

	@Test
	void turnsToAnotherSentinelWhenItsOwnDies() {
		RedisNode followed = followed();
		followed.kill();
		await().until(() -> !followed().equals(followed));
		assertThat(isThreadAlive()).isTrue();
	}

	@Test
	void turnsToAnotherSentinelWhenItsOwnIsSilent() {
		RedisNode followed = followed();
		followed.pause();
		await().until(() -> !followed().equals(followed));
	}

	@Test
	void threadEndsWithMonitor() {
		assertThat(isThreadAlive()).isTrue();
		this.monitor.close();
		await().until(() -> !isThreadAlive());
	}

	@Test
	void threadEndsWhenItIsInterruptedWithoutAnySentinel() {
		redis.sentinels().forEach(RedisNode::kill);
		Thread thread = thread();
		await().until(() -> {
			thread.interrupt();
			return !thread.isAlive();
		});
	}

	@Test
	void listensOnce() {
		assertThatIllegalStateException().isThrownBy(() -> this.monitor.start(this::read))
			.withMessageContaining("'foo'");
	}

	private RedisNode followed() {
		HostAndPort first = this.monitor.sentinels().get(0);
		return redis.sentinels()
			.stream()
			.filter((sentinel) -> SentinelClient.address(sentinel).equals(first))
			.findFirst()
			.orElseThrow();
	}

	private static boolean isThreadAlive() {
		return Thread.getAllStackTraces().keySet().stream().anyMatch((thread) -> thread.getName().equals(THREAD));
	}

	private static Thread thread() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(THREAD))
			.findFirst()
			.orElseThrow();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

}
