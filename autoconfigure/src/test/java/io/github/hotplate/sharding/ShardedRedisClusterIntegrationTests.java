package io.github.hotplate.sharding;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

import io.github.hotplate.activity.RedisActivity;
import io.github.hotplate.template.MonitoredRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ShardedRedisCluster} on three servers that are well.
 */
class ShardedRedisClusterIntegrationTests extends AbstractShardedClientIntegrationTests {

	/**
	 * Keys of all three servers.
	 */
	private static final List<String> KEYS = List.of("hi", "hello", "test", "foo", "user:1");

	@Test
	void emptyKeyIsOnFirstServer() {
		this.shards.getClient(new byte[0]).opsForValue().set("any", "x");
		assertThat(places(List.of("any"))).containsEntry("any", 0);
	}

	@Test
	void clientOfShardKeyTakesAllKeysTogether() {
		StringRedisTemplate client = this.shards.getClient("hi");
		KEYS.forEach((key) -> client.opsForValue().set(key, "x"));
		assertThat(places(KEYS).values()).containsOnly(0);
		assertThat(client.keys("*")).containsExactlyInAnyOrderElementsOf(KEYS);
		assertThat(client.opsForHyperLogLog().add("a", "1")).isOne();
		assertThat(client.opsForHyperLogLog().union("b", "a", "c")).isOne();
		assertThat(client.execute(RedisScript.of("return redis.call('EXISTS', KEYS[1], KEYS[2])", Long.class),
				List.of("hi", "test")))
			.isEqualTo(2);
		assertThat(client.executePipelined((RedisCallback<?>) (connection) -> {
			connection.keyCommands().exists(bytes("test"));
			connection.keyCommands().exists(bytes("hello"));
			return null;
		})).containsExactly(true, true);
	}

	@Test
	void activitySeesClientsOfServers() {
		RedisActivity activity = RedisActivity.record(() -> {
			this.shards.getClient("hi").opsForValue().get("a");
			this.shards.stream().forEach((client) -> client.opsForValue().get("a"));
			transaction(this.shards.getClient("test"));
		});
		assertThat(activity.commands("GET")).isEqualTo(4);
		assertThat(activity.commands("MULTI")).isOne();
		assertThat(activity.pipelined("INCR")).isEqualTo(2);
		assertThat(activity.client(this.shards.name()).commands()).isEqualTo(activity.commands());
	}

	@Test
	void clientOfShardKeyRunsTransactions() {
		assertThat(transaction(this.shards.getClient("test"))).containsExactly(1L, 1L);
		assertThat(places(List.of("hi", "hello"))).isEqualTo(Map.of("hi", 2, "hello", 2));
	}

	@Test
	void clientOfServerRunsTransactions() {
		assertThat(transaction(this.shards.stream().skip(1).findFirst().orElseThrow())).containsExactly(1L, 1L);
		assertThat(places(List.of("hi", "hello"))).isEqualTo(Map.of("hi", 1, "hello", 1));
	}

	private static List<Object> transaction(StringRedisTemplate client) {
		return client.execute(new SessionCallback<List<Object>>() {

			@Override
			@SuppressWarnings("unchecked")
			public <K, V> List<Object> execute(RedisOperations<K, V> operations) {
				operations.watch((K) "hi");
				operations.multi();
				operations.opsForValue().increment((K) "hi");
				operations.opsForValue().increment((K) "hello");
				return operations.exec();
			}

		});
	}

	@Test
	void iterationMeetsOneServerAfterTheOther() {
		Iterator<MonitoredRedisTemplate> endless = this.shards.iterator();
		IntStream.range(0, 6).forEach((i) -> endless.next().opsForList().rightPush("queue", "endless"));
		this.shards.stream().forEach((client) -> client.opsForList().rightPush("queue", "stream"));
		this.shards.roundControlled(2).forEach((client) -> client.opsForList().rightPush("queue", "round"));
		assertThat(servers.nodes()).allSatisfy((node) -> assertThat(node.execute("LRANGE", "queue", "0", "-1"))
			.hasToString("[endless, endless, stream, round, round]"));
	}

	@Test
	void sortedSetsAreMerged() {
		List<MonitoredRedisTemplate> clients = this.shards.stream().toList();
		clients.get(0).opsForZSet().add("board", "x", -5);
		clients.get(1).opsForZSet().add("board", "x", 50);
		clients.get(1).opsForZSet().add("board", "y", -1);
		clients.get(2).opsForZSet().add("board", "z", 101);
		MergedScores<String> merged = this.shards.zRevRangeByScoreWithIntScores("board", 100, -10);
		assertThat(merged.scores()).containsExactly(Map.entry("x", 50L), Map.entry("y", -1L));
		assertThat(merged.isComplete()).isTrue();
	}

	@Test
	void boundsOfMergeAreInclusiveAndMayBeInfinite() {
		List<MonitoredRedisTemplate> clients = this.shards.stream().toList();
		clients.get(0).opsForZSet().add("board", "lowest", -1e300);
		clients.get(1).opsForZSet().add("board", "zero", -0.0);
		clients.get(2).opsForZSet().add("board", "highest", Double.POSITIVE_INFINITY);
		assertThat(
				this.shards.zRevRangeByScoreWithIntScores("board", Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
					.scores())
			.containsExactly(Map.entry("highest", Long.MAX_VALUE), Map.entry("zero", 0L),
					Map.entry("lowest", Long.MIN_VALUE));
		assertThat(this.shards.zRevRangeByScoreWithIntScores("board", 0, 0).scores()).containsOnlyKeys("zero");
		assertThat(this.shards.zRevRangeByScoreWithIntScores("board", -1, 1).scores()).isEmpty();
	}

}
