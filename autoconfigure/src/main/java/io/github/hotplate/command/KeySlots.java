package io.github.hotplate.command;

import java.util.List;

import redis.clients.jedis.CommandObject;

/**
 * Which keys belong together. Keys with the same slot are always on one node, so that one
 * command or transaction can name them all. Thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface KeySlots {

	/**
	 * The slots of Redis Cluster, 0 to 16383.
	 * @see CommandKeys#slot(Object)
	 */
	KeySlots CLUSTER = CommandKeys::slot;

	/**
	 * One slot for all keys: a single server, or a primary with its replicas.
	 */
	KeySlots SINGLE = (key) -> 0;

	/**
	 * Return the slot of a key.
	 * @param key a {@code String} or a {@code byte[]}
	 * @return any number but {@link CommandKeys#NO_SLOT}, the same for the same key for
	 * as long as the client lives
	 */
	int slot(Object key);

	/**
	 * Return the slot of all keys of a command that goes to a place of its own, whatever
	 * its keys.
	 * @param command the command
	 * @return the slot, or {@link CommandKeys#NO_SLOT} where the keys say where it goes
	 */
	default int placeOf(CommandObject<?> command) {
		return (command instanceof SlotBoundCommand<?> placed) ? placed.getSlot() : CommandKeys.NO_SLOT;
	}

	/**
	 * Return how many figures it takes to tell how much slots are used. Slots with the
	 * same remainder by this number share a figure, and a node.
	 * @return the number of slots, or less where they are too many
	 */
	default int figures() {
		return CommandKeys.SLOTS;
	}

	/**
	 * Return whether a published message reaches only the subscribers of the server that
	 * got it, since the servers do not know each other.
	 * @return whether {@code PUBLISH} must go to every server
	 */
	default boolean messagesReachOneServerOnly() {
		return false;
	}

	/**
	 * Return what to do about keys that must have one slot and have several.
	 * @return a sentence for the caller of a command
	 */
	default String remedy() {
		return "Give them a common hash tag, such as {user:1}:a and {user:1}:b";
	}

	/**
	 * Tell whether all keys have one slot.
	 * @param keys the keys, at least one
	 * @return whether a single node can run the command
	 */
	default boolean sameSlot(List<Object> keys) {
		if (keys.size() == 1) {
			return true;
		}
		int slot = slot(keys.get(0));
		return keys.stream().allMatch((key) -> slot(key) == slot);
	}

}
