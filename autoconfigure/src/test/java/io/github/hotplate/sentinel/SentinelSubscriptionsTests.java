package io.github.hotplate.sentinel;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.support.MonitoringFailures;

import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SentinelSubscriptions}, to Sentinels that do not exist.
 */
class SentinelSubscriptionsTests {

	private static final String PREFIX = "hotplate-subscriptions-sentinel-";

	// No server ever listens on port 1.
	private static final HostAndPort A = new HostAndPort("127.0.0.1", 1);

	private static final HostAndPort B = new HostAndPort("127.0.0.2", 1);

	private static final HostAndPort C = new HostAndPort("127.0.0.3", 1);

	private final SentinelSubscriptions subscriptions = new SentinelSubscriptions(
			(sentinel) -> new SentinelSubscription(sentinel, "subscriptions", "mymaster",
					new SentinelDirectory(List.of(A, B)), DefaultJedisClientConfig.builder().build(), mock(),
					new MonitoringFailures()));

	@AfterEach
	void close() {
		this.subscriptions.close();
		awaitThreads();
	}

	@Test
	void oneThreadListensToEachSentinel() {
		this.subscriptions.subscribeTo(List.of(A, B));
		this.subscriptions.subscribeTo(List.of(B, A));
		awaitThreads(A, B);
	}

	@Test
	void threadsFollowWhatIsKnown() {
		this.subscriptions.subscribeTo(List.of(A, B));
		this.subscriptions.subscribeTo(List.of(B, C));
		awaitThreads(B, C);
	}

	@Test
	void noThreadStartsAfterClose() {
		this.subscriptions.close();
		this.subscriptions.subscribeTo(List.of(A, B));
		awaitThreads();
	}

	private static void awaitThreads(HostAndPort... sentinels) {
		Set<String> expected = Set.of(sentinels).stream().map((each) -> PREFIX + each).collect(Collectors.toSet());
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> threads().equals(expected));
	}

	private static Set<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith(PREFIX))
			.collect(Collectors.toSet());
	}

}
