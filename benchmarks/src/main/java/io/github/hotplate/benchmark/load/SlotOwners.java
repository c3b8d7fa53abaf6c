package io.github.hotplate.benchmark.load;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import redis.clients.jedis.util.JedisClusterCRC16;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;

/**
 * The primaries of a cluster and their slots at one moment.
 *
 * @since 0.1.0
 */
public final class SlotOwners {

	private final List<RedisNode> primaries;

	private final NavigableMap<Integer, RedisNode> byFirstSlot = new TreeMap<>();

	private SlotOwners(EmbeddedRedisCluster cluster) {
		List<?> ranges = (List<?>) Objects.requireNonNull(cluster.nodes().get(0).execute("CLUSTER", "SLOTS"));
		ranges.stream()
			.map((range) -> Math.toIntExact((Long) ((List<?>) range).get(0)))
			.forEach((first) -> this.byFirstSlot.put(first, cluster.primaryOfSlot(first)));
		this.primaries = this.byFirstSlot.values().stream().distinct().toList();
	}

	/**
	 * Ask a cluster.
	 * @param cluster the cluster, all of whose nodes agree
	 * @return who serves what
	 */
	public static SlotOwners of(EmbeddedRedisCluster cluster) {
		return new SlotOwners(cluster);
	}

	/**
	 * Return the primaries in the order of their first slots.
	 * @return the primaries
	 */
	public List<RedisNode> primaries() {
		return this.primaries;
	}

	/**
	 * Return where the slots of a primary begin.
	 * @param primary the primary
	 * @return its first slot
	 */
	public int firstSlot(RedisNode primary) {
		return this.byFirstSlot.entrySet()
			.stream()
			.filter((range) -> range.getValue() == primary)
			.findFirst()
			.orElseThrow()
			.getKey();
	}

	/**
	 * Make keys that one primary serves.
	 * @param primary the primary
	 * @param prefix how the keys begin
	 * @param count how many
	 * @return the keys
	 */
	public List<String> keysOf(RedisNode primary, String prefix, int count) {
		return Stream.iterate(0, (number) -> number + 1)
			.map((number) -> prefix + number)
			.filter((key) -> owner(key) == primary)
			.limit(count)
			.toList();
	}

	private RedisNode owner(String key) {
		Map.Entry<Integer, RedisNode> range = this.byFirstSlot.floorEntry(JedisClusterCRC16.getSlot(key));
		return Objects.requireNonNull(range, "Not every slot is served").getValue();
	}

	/**
	 * Make keys of any slots.
	 * @param prefix how the keys begin
	 * @param count how many
	 * @return the keys
	 */
	public static List<String> keys(String prefix, int count) {
		return IntStream.range(0, count).mapToObj((number) -> prefix + number).toList();
	}

}
