package io.github.hotplate.sentinel;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

	private static final String LISTENING = "hotplate-foo-sentinel-";

	private static final String ASKING = "hotplate-foo-promotion";

	private static EmbeddedRedisSentinel redis;

	private final Queue<HostAndPort> primaries = new ConcurrentLinkedQueue<>();

	/**
	 * Each Sentinel tells on a thread of its own, and clients read on one.
	 */
	private final ExecutorService reader = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new ArrayBlockingQueue<>(1), new ThreadPoolExecutor.DiscardOldestPolicy());

	private volatile HostAndPort primary;

	private SentinelMonitor monitor;

	@BeforeEach
	void follow() {
		this.monitor = SentinelClient.monitor(redis.url());
		this.monitor.start(this::requestRead);
		await().untilAsserted(() -> assertThat(this.primary).isEqualTo(SentinelClient.address(redis.primary())));
	}

	@AfterEach
	void heal() {
		this.monitor.close();
		this.reader.shutdownNow();
		redis.awaitHealthy();
	}

	private void requestRead() {
		this.reader.execute(this::read);
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
		assertThat(this.primaries).startsWith(former).endsWith(successor);
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

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2 })
	void usesPromotedReplicaBeforeAnySentinelNamesIt(int sentinel) {
		RedisNode leader = redis.sentinels().get(sentinel);
		HostAndPort former = this.primary;
		awaitReplicas(leader);
		// It promotes a replica and never sees that it has.
		rename(leader, "INFO", "UNKNOWN");
		try {
			failOver(leader);
			await().until(() -> !former.equals(this.primary));
			HostAndPort promoted = this.primary;
			assertThat(promoted).isIn(SentinelClient.addresses(redis.nodes()));
			await().until(() -> former.equals(this.primary));
			assertThat(this.primaries).containsExactly(former, promoted, former);
			await().until(() -> threads(ASKING).isEmpty());
		}
		finally {
			rename(leader, "INFO", "INFO");
		}
	}

	@Test
	void staysWithItsPrimaryWhenFailoverIsGivenUp() {
		RedisNode leader = redis.sentinels().get(1);
		HostAndPort former = this.primary;
		awaitReplicas(leader);
		rename(leader, "SLAVEOF", "UNKNOWN");
		try {
			failOver(leader);
			await().until(() -> !threads(ASKING).isEmpty());
			await().until(() -> threads(ASKING).isEmpty());
			assertThat(this.primaries).containsExactly(former);
		}
		finally {
			rename(leader, "SLAVEOF", "SLAVEOF");
		}
	}

	@Test
	void hearsOfFailoverWhileSentinelIsDead() {
		HostAndPort former = this.primary;
		redis.sentinels().get(0).kill();
		HostAndPort successor = SentinelClient.address(redis.failOver());
		await().until(() -> successor.equals(this.primary));
		assertThat(this.primaries).startsWith(former).endsWith(successor);
	}

	@Test
	void hearsOfFailoverWhileSentinelIsSilent() {
		HostAndPort former = this.primary;
		redis.sentinels().get(0).pause();
		HostAndPort successor = SentinelClient.address(redis.failOver());
		await().until(() -> successor.equals(this.primary));
		assertThat(this.primaries).startsWith(former).endsWith(successor);
	}

	@Test
	void listensToEachSentinelAgainAfterItsReturn() {
		redis.sentinels().forEach((sentinel) -> await().until(() -> listeners(sentinel) > 0));
		RedisNode sentinel = redis.sentinels().get(2);
		sentinel.restart();
		await().until(() -> listeners(sentinel) > 0);
	}

	@Test
	void threadsEndWithMonitor() {
		await().until(() -> threads(LISTENING).size() == redis.sentinels().size());
		this.monitor.close();
		await().until(() -> threads(LISTENING).isEmpty());
	}

	@Test
	void threadsEndWhenTheyAreInterruptedWithoutAnySentinel() {
		redis.sentinels().forEach(RedisNode::kill);
		List<Thread> threads = threads(LISTENING);
		assertThat(threads).isNotEmpty();
		await().until(() -> {
			threads.forEach(Thread::interrupt);
			return threads.stream().noneMatch(Thread::isAlive);
		});
	}

	@Test
	void listensOnce() {
		assertThatIllegalStateException().isThrownBy(() -> this.monitor.start(this::requestRead))
			.withMessageContaining("'foo'");
	}

	/**
	 * Wait until a Sentinel can promote a replica: one that has just been started has not
	 * heard of any yet.
	 */
	private static void awaitReplicas(RedisNode leader) {
		await().until(() -> String.valueOf(leader.execute("SENTINEL", "REPLICAS", redis.masterName()))
			.split("master-link-status, ok", -1).length > redis.replicas().size());
	}

	private static void failOver(RedisNode leader) {
		leader.execute("SENTINEL", "FAILOVER", redis.masterName());
	}

	private static void rename(RedisNode sentinel, String command, String name) {
		sentinel.execute("SENTINEL", "SET", redis.masterName(), "rename-command", command, name);
	}

	private static long listeners(RedisNode sentinel) {
		return String.valueOf(sentinel.execute("CLIENT", "LIST", "TYPE", "pubsub")).lines().count();
	}

	private static List<Thread> threads(String name) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(name))
			.toList();
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
	}

}
