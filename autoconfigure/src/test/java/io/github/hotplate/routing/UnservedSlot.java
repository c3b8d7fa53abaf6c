package io.github.hotplate.routing;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;

/**
 * A slot that no node serves until it is given back.
 */
public final class UnservedSlot implements AutoCloseable {

	private final String slot;

	private final RedisNode owner;

	private boolean served;

	private UnservedSlot(int slot, RedisNode owner) {
		this.slot = String.valueOf(slot);
		this.owner = owner;
	}

	/**
	 * Take a slot away from its node.
	 * @param cluster the cluster, healthy
	 * @param slot the slot
	 * @return the slot, to be given back
	 */
	public static UnservedSlot of(EmbeddedRedisCluster cluster, int slot) {
		UnservedSlot unserved = new UnservedSlot(slot, cluster.primaryOfSlot(slot));
		unserved.delete(unserved.owner);
		// What the owner said before may still arrive, and give the slot back to it.
		List<RedisNode> nodes = cluster.nodes();
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.during(Duration.ofMillis(200))
			.pollInterval(Duration.ofMillis(20))
			.until(() -> nodes.stream()
				.filter((node) -> !unserved.isForgottenBy(node))
				.peek(unserved::delete)
				.count() == 0);
		return unserved;
	}

	private boolean isForgottenBy(RedisNode node) {
		return String.valueOf(node.execute("CLUSTER", "INFO")).contains("cluster_slots_assigned:16383");
	}

	private void delete(RedisNode node) {
		node.execute("CLUSTER", "DELSLOTS", this.slot);
	}

	/**
	 * Give the slot back to its node.
	 */
	@Override
	public void close() {
		if (!this.served) {
			this.served = true;
			this.owner.execute("CLUSTER", "ADDSLOTS", this.slot);
		}
	}

}
