package io.github.hotplate.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Moves slots with their keys from one primary to another, slot by slot.
 *
 * @param nodes all nodes of the cluster
 * @param from the primary that serves the slots
 * @param to the primary to serve them
 * @param credentials what {@code from} needs to write to {@code to}
 * @see <a href="https://redis.io/docs/latest/commands/cluster-setslot/">CLUSTER
 * SETSLOT</a>
 */
record SlotMigration(List<RedisNode> nodes, RedisNode from, RedisNode to, Credentials credentials) {

	private static final int BATCH_SIZE = 100;

	private static final int MIGRATE_TIMEOUT_MILLIS = 5_000;

	private static final Duration AGREEMENT_TIMEOUT = Duration.ofSeconds(20);

	void move(int first, int last) {
		try (NodeConnection source = this.from.connect(); NodeConnection target = this.to.connect()) {
			IntStream.rangeClosed(first, last).forEach((slot) -> move(slot, source, target));
		}
		Await.until("all nodes to know that %s serves slots %d to %d".formatted(this.to, first, last),
				AGREEMENT_TIMEOUT, () -> ignorant(first, last));
	}

	private void move(int slot, NodeConnection source, NodeConnection target) {
		target.execute("CLUSTER", "SETSLOT", slot, "IMPORTING", this.from.id());
		source.execute("CLUSTER", "SETSLOT", slot, "MIGRATING", this.to.id());
		List<?> keys = keys(source, slot);
		while (!keys.isEmpty()) {
			migrate(source, keys);
			keys = keys(source, slot);
		}
		// The new owner first, or the slot could be left without any.
		target.execute("CLUSTER", "SETSLOT", slot, "NODE", this.to.id());
		source.execute("CLUSTER", "SETSLOT", slot, "NODE", this.to.id());
	}

	private static List<?> keys(NodeConnection source, int slot) {
		return source.executeForBinaryList("CLUSTER", "GETKEYSINSLOT", slot, BATCH_SIZE);
	}

	private void migrate(NodeConnection source, List<?> keys) {
		List<Object> command = new ArrayList<>(
				List.of("MIGRATE", this.to.host(), this.to.port(), "", 0, MIGRATE_TIMEOUT_MILLIS));
		command.addAll(this.credentials.migrateArguments());
		command.add("KEYS");
		command.addAll(keys);
		source.execute(command.toArray());
	}

	private @Nullable String ignorant(int first, int last) {
		return this.nodes.stream()
			.filter(RedisNode::isRunning)
			.filter((node) -> !SlotMap.of(node).isServedBy(this.to.announcedPort(), first, last))
			.map((node) -> node + " does not")
			.findFirst()
			.orElse(null);
	}

}
