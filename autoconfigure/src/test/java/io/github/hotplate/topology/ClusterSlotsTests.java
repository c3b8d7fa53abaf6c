package io.github.hotplate.topology;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClusterSlots}.
 */
class ClusterSlotsTests {

	@Test
	void rangesOfOnePrimaryAreOneShard() {
		Topology topology = parse(entry(0, 99, node("10.0.0.1", 1, "a"), node("10.0.0.2", 2, "b")),
				entry(100, 199, node("10.0.0.3", 3, "c")),
				entry(200, 299, node("10.0.0.1", 1, "a"), node("10.0.0.2", 2, "b")));
		Node primary = new Node("a", "10.0.0.1", 1);
		Node replica = new Node("b", "10.0.0.2", 2);
		assertThat(topology.shards()).containsExactly(
				new Shard(List.of(new SlotRange(0, 99), new SlotRange(200, 299)), primary, List.of(replica)),
				new Shard(List.of(new SlotRange(100, 199)), new Node("c", "10.0.0.3", 3), List.of()));
	}

	@Test
	void slotsThatNoEntryNamesAreNotServed() {
		Topology topology = parse(entry(0, 9, node("10.0.0.1", 1, "a")),
				entry(16_380, 16_383, node("10.0.0.1", 1, "a")));
		assertThat(topology.coveredSlots()).isEqualTo(14);
		assertThat(topology.shardOf(10)).isNull();
		assertThat(topology.isComplete()).isFalse();
	}

	@Test
	void emptyReplyIsEmptyTopology() {
		assertThat(parse().nodes()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.1", "redis-1.example.org", "::1", "2001:db8::1" })
	void hostIsAsAnnounced(String host) {
		assertThat(parse(entry(0, 9, node(host, 6379, "a"))).nodes()).extracting(Node::address)
			.containsExactly(new HostAndPort(host, 6379));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = "")
	void nodeWithoutHostHasThatOfNodeAsked(@Nullable String host) {
		assertThat(parse(entry(0, 9, node(host, 6379, "a"))).nodes()).extracting(Node::address)
			.containsExactly(new HostAndPort("asked", 6379));
	}

	@ParameterizedTest
	@CsvSource({ "10.0.0.1, redis-1, 10.0.0.1", "10.0.0.1,, 10.0.0.1", "'', redis-1, redis-1" })
	void nodeUnderUnknownHostHasThatOfItsMetadata(String ip, @Nullable String hostname, String expected) {
		List<Object> node = unknown("a", ip, hostname);
		assertThat(parse(entry(0, 9, node)).nodes()).extracting(Node::address)
			.containsExactly(new HostAndPort(expected, 6379));
	}

	@Test
	void nodesThatNobodyCanReachAreLeftOut() {
		Topology topology = parse(entry(0, 9, node("?", 6379, "a"), node("10.0.0.2", 2, "b")),
				entry(10, 19, node("10.0.0.3", 3, "c"), unknown("d", "", null)));
		assertThat(topology.nodes()).containsExactly(new Node("c", "10.0.0.3", 3));
		assertThat(topology.shardOf(0)).isNull();
	}

	@Test
	void idIsMissingBeforeRedis4() {
		List<Object> node = List.of("10.0.0.1".getBytes(StandardCharsets.UTF_8), 6379L);
		assertThat(parse(entry(0, 9, node)).nodes()).containsExactly(new Node("", "10.0.0.1", 6379));
	}

	@Test
	void whatElseNodesTellIsIgnored() {
		List<Object> node = new ArrayList<>(node("10.0.0.1", 6379, "a"));
		node.add(List.of("hostname".getBytes(StandardCharsets.UTF_8), "redis-1".getBytes(StandardCharsets.UTF_8)));
		assertThat(parse(entry(0, 9, node)).nodes()).containsExactly(new Node("a", "10.0.0.1", 6379));
	}

	private static Topology parse(Object... entries) {
		return ClusterSlots.parse(List.of(entries), "asked");
	}

	private static List<Object> entry(long first, long last, Object... nodes) {
		List<Object> entry = new ArrayList<>(List.of(first, last));
		entry.addAll(List.of(nodes));
		return entry;
	}

	private static List<@Nullable Object> node(@Nullable String host, long port, String id) {
		return Arrays.asList((host != null) ? host.getBytes(StandardCharsets.UTF_8) : null, port,
				id.getBytes(StandardCharsets.UTF_8));
	}

	private static List<Object> unknown(String id, String ip, @Nullable String hostname) {
		List<Object> node = new ArrayList<>(node("?", 6379, id));
		node.add((hostname != null) ? texts("ip", ip, "hostname", hostname) : texts("ip", ip));
		return node;
	}

	private static List<byte[]> texts(String... texts) {
		return Arrays.stream(texts).map((text) -> text.getBytes(StandardCharsets.UTF_8)).toList();
	}

}
