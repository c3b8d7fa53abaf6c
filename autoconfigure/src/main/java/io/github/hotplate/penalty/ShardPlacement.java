package io.github.hotplate.penalty;

import org.apache.commons.codec.digest.MurmurHash3;
import org.springframework.util.Assert;

/**
 * Tells which slot a key hashes to. A key's node is the remainder of its hash divided by
 * the number of nodes or, where that node is out, by the number of nodes left. So a slot
 * is the remainder that determines all of these: the hash modulo the least common
 * multiple of all numbers of nodes that can be left. Keys of one slot are on the same
 * node whichever nodes are out.
 * <p>
 * From 23 nodes on that multiple is no {@code int}, and the smallest numbers are left out
 * of it, so that placement is fluster's as long as not too many nodes are out: with 32
 * nodes up to 7, with 100 up to 4. With more out, keys still have one node each.
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
	 * Return a number whose remainders stand for slots where there are too many of them.
	 * Slots with the same remainder are on the same node as long as not too many nodes
	 * are out.
	 * @param most the bound of the number, at least that of the nodes
	 * @return the number of slots if that is not more, or else a divisor of it
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
