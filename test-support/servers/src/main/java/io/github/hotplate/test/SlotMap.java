package io.github.hotplate.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who serves which slots, as one node answers {@code CLUSTER SLOTS}. All nodes share one
 * host, so a port names a node. Two maps are equal when their nodes agree.
 *
 * @param ranges the ranges in ascending order
 */
record SlotMap(List<Range> ranges) {

	static final int SLOTS = 16_384;

	SlotMap {
		ranges = ranges.stream().sorted(Comparator.comparingInt(Range::first)).toList();
	}

	static SlotMap of(RedisNode node) {
		try (NodeConnection connection = node.connect()) {
			return of(connection);
		}
	}

	static SlotMap of(NodeConnection connection) {
		return parse(connection.executeForList("CLUSTER", "SLOTS"));
	}

	static SlotMap parse(List<?> reply) {
		List<Range> ranges = new ArrayList<>();
		for (Object entry : reply) {
			List<?> fields = (List<?>) entry;
			Set<Integer> replicas = fields.stream().skip(3).map(SlotMap::port).collect(Collectors.toUnmodifiableSet());
			ranges.add(new Range(number(fields.get(0)), number(fields.get(1)), port(fields.get(2)), replicas));
		}
		return new SlotMap(ranges);
	}

	private static int port(Object node) {
		return number(((List<?>) node).get(1));
	}

	private static int number(Object value) {
		return Math.toIntExact((Long) value);
	}

	int covered() {
		return this.ranges.stream().mapToInt((range) -> range.last() - range.first() + 1).sum();
	}

	Optional<Integer> primaryOf(int slot) {
		return this.ranges.stream()
			.filter((range) -> range.first() <= slot && slot <= range.last())
			.map(Range::primary)
			.findFirst();
	}

	boolean isServedBy(int port, int first, int last) {
		return this.ranges.stream()
			.filter((range) -> range.primary() == port)
			.mapToInt((range) -> Math.min(last, range.last()) - Math.max(first, range.first()) + 1)
			.filter((overlap) -> overlap > 0)
			.sum() == last - first + 1;
	}

	boolean isPrimary(int port) {
		return this.ranges.stream().anyMatch((range) -> range.primary() == port);
	}

	Set<Integer> replicasOf(int primary) {
		return this.ranges.stream()
			.filter((range) -> range.primary() == primary)
			.flatMap((range) -> range.replicas().stream())
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * A range of slots and its nodes.
	 *
	 * @param first the first slot
	 * @param last the last slot
	 * @param primary the port of the primary
	 * @param replicas the ports of its replicas
	 */
	record Range(int first, int last, int primary, Set<Integer> replicas) {

	}

}
