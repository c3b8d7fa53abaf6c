package io.github.hotplate.sharding;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;

import io.github.hotplate.hotkey.HotKey;
import io.github.hotplate.hotkey.HotKeyReport;
import io.github.hotplate.hotkey.HotKeyReport.NodeHeat;
import io.github.hotplate.hotkey.HotKeyReport.SlotHeat;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.template.MonitoredRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Where the report of hot keys says that the keys of a sharded client are.
 */
class ShardedHotKeysIntegrationTests extends AbstractShardFailureIntegrationTests {

	@BeforeEach
	void track() {
		start("track_key_reads_sample_rate=1", "track_key_writes_sample_rate=1", "hot_keys.flush_interval=1 hour",
				"penalty_box.min_wait=20 seconds", "penalty_box.max_wait=20 seconds");
	}

	@Test
	void nodeIsThatOfFlustersPlacement() {
		List.of("hi", "redis", "test", "foo", "bar", "hello", "user:1").forEach((key) -> foo().opsForValue().get(key));
		assertThat(nodesOfKeys()).isEqualTo(Map.of("hi", address(0), "redis", address(1), "test", address(2), "foo",
				address(2), "bar", address(2), "hello", address(1), "user:1", address(1)));
		assertThat(report().nodes()).extracting(NodeHeat::node, (node) -> Math.round(node.share() * 7))
			.containsExactlyInAnyOrder(tuple(address(0), 1L), tuple(address(1), 3L), tuple(address(2), 3L));
	}

	@Test
	void slotsAreThoseOfThePlacement() {
		foo().opsForValue().get("redis");
		// 879894196 modulo 6.
		assertThat(report().slots()).singleElement().isEqualTo(new SlotHeat(4, address(1), 1));
		assertThat(report().reads().now()).singleElement().extracting(HotKey::slot).isEqualTo(4);
	}

	@Test
	void keysOfServerThatIsLeftOutAreOnFallback() {
		foo().opsForValue().get("redis");
		foo().opsForValue().get("hello");
		shards().penaltyBox().failed(1);
		assertThat(nodesOfKeys()).isEqualTo(Map.of("redis", address(0), "hello", address(2)));
		assertThat(report().nodes()).extracting(NodeHeat::node).containsExactlyInAnyOrder(address(0), address(2));
	}

	@Test
	void keyIsWhereItsClientIs() {
		shards().getClient("hi").opsForValue().get("test");
		shards().stream().skip(1).findFirst().orElseThrow().opsForValue().get("foo");
		assertThat(nodesOfKeys()).isEqualTo(Map.of("test", address(0), "foo", address(1)));
	}

	@Test
	void keyOfTransactionIsWhereItRan() {
		List<MonitoredRedisTemplate> clients = shards().stream().toList();
		read(shards().getClient("hi"), "test", false);
		read(shards().getClient("hi"), "bar", true);
		read(clients.get(1), "foo", false);
		read(clients.get(1), "user:3", true);
		assertThat(nodesOfKeys())
			.isEqualTo(Map.of("test", address(0), "bar", address(0), "foo", address(1), "user:3", address(1)));
	}

	private static void read(MonitoredRedisTemplate redis, String key, boolean watched) {
		redis.execute(new SessionCallback<List<Object>>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
				if (watched) {
					operations.watch((K) key);
				}
				operations.multi();
				operations.opsForValue().get(key);
				return operations.exec();
			}

		});
	}

	private Map<String, String> nodesOfKeys() {
		return report().reads()
			.now()
			.stream()
			.collect(Collectors.toMap(HotKey::key, (key) -> String.valueOf(key.node())));
	}

	private HotKeyReport report() {
		return application().bean(HotKeyTracker.class).report(100);
	}

	private static String address(int server) {
		return node(server).toString();
	}

}
