package io.github.hotplate.sentinel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;

import io.github.hotplate.sentinel.SentinelDiscoveryException.Reason;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.EmbeddedRedisServer;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What Sentinels say when they are asked.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SentinelDiscoveryIntegrationTests {

	// No server ever listens on port 1.
	private static final String UNREACHABLE = "redis-sentinel://app:s3cret@127.0.0.1:1,127.0.0.2:1/mymaster";

	private static EmbeddedRedisSentinel redis;

	private static EmbeddedRedisServer server;

	@AfterEach
	void heal() {
		redis.awaitHealthy();
	}

	@Test
	void findsPrimaryAndReplicas() {
		try (SentinelMonitor monitor = SentinelClient.monitor(redis.url())) {
			SentinelTopology topology = monitor.read();
			assertThat(topology.primary()).isEqualTo(SentinelClient.address(redis.primary()));
			assertThat(topology.replicas()).isSubsetOf(SentinelClient.addresses(redis.replicas()));
		}
	}

	@Test
	void takesNameOfPrimaryFromItsOwnKey() {
		String url = "redis://" + redis.sentinels().get(0) + "," + redis.sentinels().get(1);
		try (SentinelMonitor monitor = SentinelClient.monitor(url, "mode=sentinel", "master=mymaster")) {
			assertThat(monitor.read().primary()).isEqualTo(SentinelClient.address(redis.primary()));
		}
	}

	@Test
	void learnsFurtherSentinels() {
		RedisNode first = redis.sentinels().get(0);
		try (SentinelMonitor monitor = SentinelClient.monitor(SentinelClient.url(first) + "/mymaster",
				"sentinel_allow_single=true")) {
			monitor.read();
			assertThat(monitor.sentinels())
				.containsExactlyInAnyOrderElementsOf(SentinelClient.addresses(redis.sentinels()));
		}
	}

	@Test
	void asksAnotherWhenSentinelIsDead() {
		redis.sentinels().get(0).kill();
		try (SentinelMonitor monitor = SentinelClient.monitor(redis.url())) {
			assertThat(monitor.read().primary()).isEqualTo(SentinelClient.address(redis.primary()));
			assertThat(monitor.sentinels().get(0)).isEqualTo(SentinelClient.address(redis.sentinels().get(1)));
			assertThat(monitor.sentinels()).endsWith(SentinelClient.address(redis.sentinels().get(0)));
		}
	}

	@Test
	void asksAnotherWhenSentinelIsSilent() {
		redis.sentinels().get(0).pause();
		try (SentinelMonitor monitor = SentinelClient.monitor(redis.url())) {
			assertThat(monitor.read().primary()).isEqualTo(SentinelClient.address(redis.primary()));
		}
	}

	@Test
	void mapsAddressesOfSentinelsAndPrimary() {
		HostAndPort sentinel = SentinelClient.address(redis.sentinels().get(0));
		HostAndPort primary = SentinelClient.address(redis.primary());
		List<HostAndPort> mapped = new CopyOnWriteArrayList<>();
		DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder().hostAndPortMapper((address) -> {
			mapped.add(address);
			return address.getHost().endsWith(".test") ? sentinel : address;
		});
		try (SentinelMonitor monitor = SentinelClient.monitor(config, "redis-sentinel://one.test,two.test/mymaster")) {
			assertThat(monitor.read().primary()).isEqualTo(primary);
			assertThat(mapped).contains(new HostAndPort("one.test", 26379), primary);
		}
	}

	@Test
	void saysThatNameIsUnknownAndWhichAreKnown() {
		SentinelDiscoveryException failure = failure(
				SentinelClient.url(redis.sentinels().toArray(RedisNode[]::new)) + "/mymastr");
		assertThat(failure.getReason()).isEqualTo(Reason.UNKNOWN_MASTER);
		assertThat(failure.getReason().isPassing()).isFalse();
		assertThat(failure).hasMessageContainingAll("'foo'", "do not monitor a primary 'mymastr'", "these: mymaster");
		assertThat(failure.getAction()).contains("foo.url", "foo.master");
	}

	@Test
	void saysThatServerIsNoSentinel() {
		String url = server.url() + "," + redis.primary();
		SentinelDiscoveryException failure = failure(url, "mode=sentinel", "master=mymaster");
		assertThat(failure.getReason()).isEqualTo(Reason.NOT_A_SENTINEL);
		assertThat(failure).hasMessageContainingAll("'foo'", "is not a Sentinel");
		assertThat(failure.getAction()).contains("foo.url", "26379", "foo.mode");
	}

	@Test
	void saysThatNoSentinelIsReachable() {
		SentinelDiscoveryException failure = failure(UNREACHABLE);
		assertThat(failure.getReason()).isEqualTo(Reason.UNREACHABLE);
		assertThat(failure.getReason().isPassing()).isTrue();
		assertThat(failure).hasMessageContainingAll("No Sentinel of Redis client 'foo'", "app:******@127.0.0.1:1");
		assertThat(failure.getMessage() + failure.getAction()).doesNotContain("s3cret");
		assertThat(failure.getAction()).contains("foo.url", "foo.startup");
		assertThat(failure.getSuppressed()).hasSize(1);
	}

	@Test
	void saysThatSentinelRejectsPassword() {
		SentinelDiscoveryException failure = failure(redis.url(), "sentinel_password=wr0ng");
		assertThat(failure.getReason()).isEqualTo(Reason.SENTINEL_REJECTS_LOGIN);
		assertThat(failure.getMessage() + failure.getAction()).contains("'foo'", "foo.sentinel_password")
			.doesNotContain("wr0ng");
	}

	@Test
	void saysThatPrimaryRejectsPassword() {
		SentinelDiscoveryException failure = failure(redis.url(), "username=app", "password=wr0ng");
		assertThat(failure.getReason()).isEqualTo(Reason.PRIMARY_REJECTS_LOGIN);
		assertThat(failure.getMessage() + failure.getAction()).contains("'foo'", "foo.password", "WRONGPASS")
			.doesNotContain("wr0ng");
	}

	@Test
	void saysThatPrimaryIsNone() {
		redis.nodes().forEach(RedisNode::kill);
		SentinelDiscoveryException failure = failure(redis.url());
		assertThat(failure.getReason()).isEqualTo(Reason.NO_PRIMARY);
		assertThat(failure.getReason().isPassing()).isTrue();
		assertThat(failure).hasMessageContainingAll("'foo'", "names a working primary");
	}

	private static SentinelDiscoveryException failure(String url, String... properties) {
		try (SentinelMonitor monitor = SentinelClient.monitor(url, properties)) {
			SentinelDiscoveryException failure = catchThrowableOfType(SentinelDiscoveryException.class, monitor::read);
			assertThat(failure).isNotNull();
			return failure;
		}
	}

}
