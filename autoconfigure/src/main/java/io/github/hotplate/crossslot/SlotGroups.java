package io.github.hotplate.crossslot;

import java.util.List;

import io.github.hotplate.command.KeySlots;

/**
 * The positions of keys, grouped by slot: slots in the order in which they first occur,
 * keys within a slot in their own order. Immutable.
 * <p>
 * A thousand keys have nearly as many slots, and sorting them, or a map, would take
 * longer than writing the commands. So slots are looked up in a table without objects,
 * and then counted.
 */
final class SlotGroups {

	private final int[] slots;

	private final int[] starts;

	private final int[] positions;

	private SlotGroups(int[] slots, int[] starts, int[] positions) {
		this.slots = slots;
		this.starts = starts;
		this.positions = positions;
	}

	/**
	 * Group keys.
	 * @param keys the keys
	 * @param keySlots which keys belong together
	 * @return their groups
	 */
	static SlotGroups of(List<Object> keys, KeySlots keySlots) {
		int[] groupOf = new int[keys.size()];
		int[] slots = new int[keys.size()];
		int count = 0;
		int[] sizes = new int[keys.size()];
		int[] table = new int[4 * Math.max(1, Integer.highestOneBit(keys.size()))];
		for (int i = 0; i < groupOf.length; i++) {
			int slot = keySlots.slot(keys.get(i));
			int place = find(slot, table, slots);
			if (table[place] == 0) {
				slots[count] = slot;
				table[place] = ++count;
			}
			groupOf[i] = table[place] - 1;
			sizes[groupOf[i]]++;
		}
		return new SlotGroups(slots, starts(sizes, count), positions(groupOf, starts(sizes, count)));
	}

	/**
	 * Find a slot in the table.
	 * @param slot the slot
	 * @param table the numbers of groups, from 1, at least half of it empty
	 * @param slots the slots of the groups
	 * @return where the slot's group is, or where it may be put
	 */
	private static int find(int slot, int[] table, int[] slots) {
		int mask = table.length - 1;
		int place = slot & mask;
		while (table[place] != 0 && slots[table[place] - 1] != slot) {
			place = (place + 1) & mask;
		}
		return place;
	}

	private static int[] starts(int[] sizes, int count) {
		int[] starts = new int[count + 1];
		for (int group = 0; group < count; group++) {
			starts[group + 1] = starts[group] + sizes[group];
		}
		return starts;
	}

	private static int[] positions(int[] groupOf, int[] next) {
		int[] positions = new int[groupOf.length];
		for (int i = 0; i < groupOf.length; i++) {
			positions[next[groupOf[i]]++] = i;
		}
		return positions;
	}

	/**
	 * Return how many slots there are.
	 * @return the number of groups
	 */
	int count() {
		return this.starts.length - 1;
	}

	int slot(int group) {
		return this.slots[group];
	}

	/**
	 * Return how many keys a group has.
	 * @param group the group, from 0
	 * @return the number of keys, at least 1
	 */
	int size(int group) {
		return this.starts[group + 1] - this.starts[group];
	}

	/**
	 * Return which key it is.
	 * @param group the group, from 0
	 * @param index the index of the key in the group, from 0
	 * @return the position of the key among all keys
	 */
	int position(int group, int index) {
		return this.positions[this.starts[group] + index];
	}

}
