package io.github.hotplate.penalty;

import org.apache.commons.codec.digest.MurmurHash3;
import org.springframework.util.Assert;

/**
 * Maps keys to slots. A key's node is its hash modulo the number of nodes or, if that
 * node is ejected, modulo the number of nodes in use. A slot determines all of these
 * remainders: it is the hash modulo the least common multiple of all possible numbers of
 * nodes in use. Keys of one slot are on the same node no matter which nodes are ejected.
 * <p>
 * From 23 nodes on, that multiple exceeds an {@code int}. It then ignores the smallest
 * numbers of nodes, so that placement equals fluster's only while few nodes are ejected:
 * up to 7 of 32, or up to 4 of 100. Beyond that, each key still has exactly one node.
 * <p>
 * Immutable and thread-safe; allocates nothing.
 *
 * @since 0.1.0
 * @see ActiveShards#select(int)
 * @see <a href="https://github.com/Parsely/redis-fluster">fluster's get_client</a>
 */
public final class ShardPlacement {

	private final int nodes;

	private final int slots;

	/**
	 * Create the placement on a number of nodes.
	 * @param nodes the number of nodes, dead ones included, at least 1
	 */
	public ShardPlacement(int nodes) {
		Assert.isTrue(nodes > 0, "'nodes' must be positive");
		this.nodes = nodes;
		this.slots = slots(nodes, Integer.MAX_VALUE);
	}

	private static int slots(int nodes, int most) {
		long multiple = nodes;
		for (int left = nodes - 1; left > 1; left--) {
			long next = multiple / greatestCommonDivisor(multiple, left) * left;
			if (next > most) {
				break;
			}
			multiple = next;
		}
		return (int) multiple;
	}

	private static long greatestCommonDivisor(long first, long second) {
		return (second == 0) ? first : greatestCommonDivisor(second, first % second);
	}

	/**
	 * Return the number of slots.
	 * @return the number, such as 6 for three nodes
	 */
	public int slots() {
		return this.slots;
	}

	/**
	 * Return a divisor that groups slots by their remainder when there are too many
	 * slots. Slots with the same remainder are on the same node while few nodes are
	 * ejected.
	 * @param most the largest number to return, at least the number of nodes
	 * @return the number of slots if it is at most that, or else a divisor of it
	 */
	public int slots(int most) {
		return slots(this.nodes, most);
	}

	/**
	 * Return the slot of a key.
	 * @param key the key as it is sent, possibly empty; text in UTF-8
	 * @return the slot, from 0 to {@link #slots()} - 1
	 */
	public int slot(byte[] key) {
		return Math.floorMod(hash(key), this.slots);
	}

	/**
	 * Return the hash of a key: MurmurHash3 for x86, 32 bits, seed 0.
	 * @param key the key as it is sent, possibly empty; text in UTF-8
	 * @return any number
	 */
	public static int hash(byte[] key) {
		return MurmurHash3.hash32x86(key, 0, key.length, 0);
	}

}
