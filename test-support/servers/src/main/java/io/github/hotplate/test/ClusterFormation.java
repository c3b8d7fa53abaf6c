package io.github.hotplate.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes a cluster of servers that do not know each other yet. The first nodes become the
 * primaries, the others their replicas in turn.
 *
 * @param nodes all nodes, primaries first
 * @param primaries how many of them are primaries
 */
record ClusterFormation(List<RedisNode> nodes, int primaries) {

	private static final Duration MEETING_TIMEOUT = Duration.ofSeconds(20);

	void form() {
		for (int i = 0; i < this.nodes.size(); i++) {
			prepare(i);
		}
		this.nodes.forEach(this::meetOthers);
		for (int i = this.primaries; i < this.nodes.size(); i++) {
			replicate(this.nodes.get(i), this.nodes.get(i % this.primaries));
		}
	}

	private void prepare(int index) {
		RedisNode node = this.nodes.get(index);
		try (NodeConnection connection = node.connect()) {
			node.identifyAs(connection.executeForText("CLUSTER", "MYID"));
			// Equal epochs would have to be resolved by the nodes, which takes seconds.
			connection.execute("CLUSTER", "SET-CONFIG-EPOCH", index + 1);
			if (index < this.primaries) {
				connection.execute(addSlots(index));
			}
		}
	}

	/** Redis before 7.0 has no ADDSLOTSRANGE. */
	private Object[] addSlots(int index) {
		List<Object> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
		IntStream.range(firstSlot(index), firstSlot(index + 1)).forEach(command::add);
		return command.toArray();
	}

	private int firstSlot(int index) {
		return index * SlotMap.SLOTS / this.primaries;
	}

	/** Everybody meets everybody: leaving it to gossip took up to a second longer. */
	private void meetOthers(RedisNode node) {
		try (NodeConnection connection = node.connect()) {
			this.nodes.stream()
				.filter((other) -> other != node)
				.forEach((other) -> connection.execute("CLUSTER", "MEET", other.host(), other.port()));
		}
	}

	private void replicate(RedisNode replica, RedisNode primary) {
		try (NodeConnection connection = replica.connect()) {
			// Refused until the two have met.
			Await.until(replica + " to follow " + primary, MEETING_TIMEOUT, () -> {
				connection.execute("CLUSTER", "REPLICATE", primary.id());
				return null;
			});
		}
	}

}
