package io.github.hotplate.reports;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.github.hotplate.client.TestClient;
import io.github.hotplate.routing.NodeStatistics;
import io.github.hotplate.test.EmbeddedRedisSentinel;
import io.github.hotplate.test.FaultProxy;
import io.github.hotplate.test.RedisNode;
import io.github.hotplate.test.junit.EmbeddedRedisExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sentinels that are cut off, names that lead to other Sentinels, and Sentinels that name
 * hosts.
 */
@ExtendWith(EmbeddedRedisExtension.class)
class SentinelNameIntegrationTests {

	private static EmbeddedRedisSentinel group;

	@AfterEach
	void heal() {
		group.awaitHealthy();
		group.flush();
	}

	@Test
	@Report({ "spring-data-redis #3431", "seed that is cut off" })
	void sentinelThatKnowsOnlyEarlierFailoversIsNotBelieved() {
		if (epoch() == 0) {
			group.failOver();
		}
		RedisNode primary = group.primary();
		// It has the epoch 0 and names a healthy primary, as one that is cut off does.
		try (EmbeddedRedisSentinel other = EmbeddedRedisSentinel.builder()
			.sentinels(1)
			.masterName(group.masterName())
			.build()) {
			other.start();
			RedisNode cutOff = other.sentinels().get(0);
			assertThatPrimaryIsUsed(url(Stream.concat(Stream.of(cutOff), group.sentinels().stream())), primary);
			try (FaultProxy name = FaultProxy.to(group.sentinels().get(0));
					TestClient client = start(url(Stream.of(name, group.sentinels().get(1))))) {
				name.retarget(cutOff);
				name.cut();
				Awaitility.await()
					.during(Duration.ofMillis(500))
					.until(() -> primaryOf(client).endsWith(":" + primary.port()));
			}
		}
	}

	private static long epoch() {
		Object reply = Objects
			.requireNonNull(group.sentinels().get(0).execute("SENTINEL", "MASTER", group.masterName()));
		List<?> description = (List<?>) reply;
		return Long.parseLong(String.valueOf(description.get(description.indexOf("config-epoch") + 1)));
	}

	private static void assertThatPrimaryIsUsed(String url, RedisNode primary) {
		try (TestClient client = start(url)) {
			client.redis().opsForValue().set("key", "value");
			assertThat(primary.execute("GET", "key")).isEqualTo("value");
			assertThat(primaryOf(client)).endsWith(":" + primary.port());
		}
	}

	private static TestClient start(String url) {
		return TestClient.start(url, "topology_refresh_period=50ms");
	}

	private static String primaryOf(TestClient client) {
		return client.pool().topology().shards().get(0).primary().toString();
	}

	private static String url(Stream<?> sentinels) {
		return sentinels.map(String::valueOf)
			.collect(Collectors.joining(",", "redis-sentinel://", "/" + group.masterName()));
	}

	@Test
	@Report("spring-data-redis #3431")
	void primaryMayBeNamedByHost() {
		String port = String.valueOf(group.primary().port());
		try {
			for (RedisNode sentinel : group.sentinels()) {
				hostNames(sentinel, "yes");
				sentinel.execute("SENTINEL", "MONITOR", "byname", "localhost", port, "2");
			}
			String url = group.url().replace("/" + group.masterName(), "/byname");
			try (TestClient client = TestClient.start(url, "read_preference=replica")) {
				assertThat(primaryOf(client)).isEqualTo("localhost:" + port);
				client.redis().opsForValue().set("key", "value");
				Awaitility.await().until(() -> {
					NodeStatistics.reset(group.replicas());
					return "value".equals(client.redis().opsForValue().get("key"))
							&& NodeStatistics.calls(group.replicas(), "get") == 1;
				});
			}
		}
		finally {
			for (RedisNode sentinel : group.sentinels()) {
				hostNames(sentinel, "no");
				sentinel.execute("SENTINEL", "REMOVE", "byname");
			}
		}
	}

	private static void hostNames(RedisNode sentinel, String use) {
		Map.of("resolve-hostnames", use, "announce-hostnames", use)
			.forEach((key, value) -> sentinel.execute("SENTINEL", "CONFIG", "SET", key, value));
	}

}
