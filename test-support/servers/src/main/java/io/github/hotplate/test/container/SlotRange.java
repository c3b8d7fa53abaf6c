package io.github.hotplate.test.container;

import java.nio.charset.StandardCharsets;
import java.util.List;

import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.ClusterKeyword;
import redis.clients.jedis.Protocol.Command;

/**
 * One row of {@code CLUSTER SLOTS}.
 *
 * @param first the first slot
 * @param last the last slot, included
 * @param nodes the primary, followed by its replicas
 */
record SlotRange(int first, int last, List<HostAndPort> nodes) {

	static List<SlotRange> of(Jedis node) {
		List<?> rows = (List<?>) node.sendCommand(Command.CLUSTER, ClusterKeyword.SLOTS.getRaw());
		return rows.stream().map((row) -> of((List<?>) row)).toList();
	}

	private static SlotRange of(List<?> row) {
		List<HostAndPort> nodes = row.stream().skip(2).map((node) -> endpoint((List<?>) node)).toList();
		return new SlotRange(number(row.get(0)), number(row.get(1)), nodes);
	}

	private static HostAndPort endpoint(List<?> node) {
		return new HostAndPort(new String((byte[]) node.get(0), StandardCharsets.UTF_8), number(node.get(1)));
	}

	private static int number(Object value) {
		return Math.toIntExact((Long) value);
	}

	boolean contains(int slot) {
		return this.first <= slot && slot <= this.last;
	}

	int size() {
		return this.last - this.first + 1;
	}

	HostAndPort primary() {
		return this.nodes.get(0);
	}

}
