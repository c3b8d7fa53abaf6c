package io.github.hotplate.command;

/**
 * Which nodes of a cluster must see a command, in the words of Redis' command tips.
 *
 * @since 0.1.0
 * @see <a href="https://redis.io/docs/latest/develop/reference/command-tips/">Redis
 * command tips</a>
 */
public enum RequestPolicy {

	/**
	 * The node that serves the slot of the keys, or any one node where there are none.
	 */
	DEFAULT,

	/**
	 * Every primary.
	 */
	ALL_SHARDS,

	/**
	 * Every primary and every replica.
	 */
	ALL_NODES,

	/**
	 * The nodes that serve the keys, each with the keys that it serves.
	 */
	MULTI_SHARD,

	/**
	 * One primary after the other, as a cursor of {@code SCAN} proceeds.
	 */
	CURSOR,

	/**
	 * The node that the caller names: any other node would be changed in its place.
	 */
	NAMED_NODE,

	/**
	 * The nodes that serve the keys, one after the other: what one is sent depends on
	 * what another has replied.
	 */
	STEPWISE;

	/**
	 * Tell whether the keys of a command say where it goes.
	 * @return whether the command would go astray if its keys were not known
	 */
	boolean followsKeys() {
		return this == DEFAULT || this == MULTI_SHARD || this == STEPWISE;
	}

}
