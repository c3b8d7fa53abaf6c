package io.github.hotplate.crossslot;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;

/**
 * Writes and reads sets of slots as ranges, which are few in a healthy cluster.
 */
final class SlotSet {

	private SlotSet() {
	}

	static void write(BitSet slots, DataOutput out) throws IOException {
		BitSet starts = new BitSet();
		for (int first = slots.nextSetBit(0); first >= 0; first = slots.nextSetBit(slots.nextClearBit(first))) {
			starts.set(first);
		}
		out.writeShort(starts.cardinality());
		for (int first = starts.nextSetBit(0); first >= 0; first = starts.nextSetBit(first + 1)) {
			out.writeShort(first);
			out.writeShort(slots.nextClearBit(first));
		}
	}

	static BitSet read(DataInput in) throws IOException {
		BitSet slots = new BitSet();
		int ranges = in.readUnsignedShort();
		for (int i = 0; i < ranges; i++) {
			int first = in.readUnsignedShort();
			slots.set(first, in.readUnsignedShort());
		}
		return slots;
	}

	/**
	 * Return what is in one set and not in another.
	 * @param slots the set, which is left as it is
	 * @param others what to leave out
	 * @return a new set
	 */
	static BitSet without(BitSet slots, BitSet others) {
		BitSet rest = (BitSet) slots.clone();
		rest.andNot(others);
		return rest;
	}

	static BitSet common(BitSet slots, BitSet others) {
		BitSet common = (BitSet) slots.clone();
		common.and(others);
		return common;
	}

}
