package io.github.hotplate.cluster;

import java.nio.charset.StandardCharsets;

import io.github.hotplate.command.KeySlots;
import io.github.hotplate.sharding.ShardPlacement;

/**
 * Slots by fluster's placement, in which hash tags mean nothing.
 *
 * @param placement finds the slot of a key
 */
record ShardSlots(ShardPlacement placement) implements KeySlots {

	@Override
	public int slot(Object key) {
		return this.placement
			.slot((key instanceof byte[] bytes) ? bytes : ((String) key).getBytes(StandardCharsets.UTF_8));
	}

	@Override
	public String remedy() {
		return "Use a client of the ShardedRedisCluster, which sends all keys to the node of one shard key";
	}

}
