package io.github.hotplate.topology;

/**
 * A run of slots.
 *
 * @param first the first slot, 0 to 16383
 * @param last the last slot, inclusive
 * @since 0.1.0
 */
public record SlotRange(int first, int last) {

	/**
	 * Return how many slots the range holds.
	 * @return the number of slots, at least 1
	 */
	public int size() {
		return this.last - this.first + 1;
	}

}
