package io.github.hotplate.crossslot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;

import io.github.hotplate.topology.Shard;

/**
 * {@code RANDOMKEY} over several shards. Each shard names a key and its number of keys,
 * and a shard is chosen by these numbers, so that every key has the same chance.
 *
 * @param random a number from 0, inclusive, to 1, exclusive
 */
record RandomKey(DoubleSupplier random) {

	CommandParts parts(CommandArguments arguments, List<Shard> shards) {
		List<CommandObject<?>> parts = new ArrayList<>(2 * shards.size());
		parts.addAll(Broadcast.onEach(shards, arguments));
		parts.addAll(Broadcast.onEach(shards, new CommandArguments(Command.DBSIZE)));
		return new CommandParts(parts, (replies) -> choose(replies, shards.size()));
	}

	private @Nullable Object choose(List<@Nullable Object> replies, int shards) {
		long total = 0;
		for (int i = 0; i < shards; i++) {
			total += weight(replies, shards, i);
		}
		double position = this.random.getAsDouble() * total;
		Object last = null;
		for (int i = 0; i < shards; i++) {
			long weight = weight(replies, shards, i);
			if (weight > 0) {
				last = replies.get(i);
				if (position < weight) {
					return last;
				}
				position -= weight;
			}
		}
		return last;
	}

	// A shard whose keys have all expired names none, although it counts them.
	private static long weight(List<@Nullable Object> replies, int shards, int index) {
		return (replies.get(index) != null && replies.get(shards + index) instanceof Long size) ? Math.max(size, 1) : 0;
	}

}
