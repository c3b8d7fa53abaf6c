package io.github.hotplate.crossslot;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.topology.Shard;

/**
 * The slots of one node, as it sees them itself.
 *
 * @param epoch the configuration epoch of the node, which grows when the node takes over
 * slots while it is not the last one to have done so; 0 if it does not tell
 * @param settled the slots that it serves alone
 * @param importing the slots that it takes over from another node
 * @param migrating the slots that another node takes over, with the ID of that node
 * @see <a href="https://redis.io/docs/latest/commands/cluster-nodes/">CLUSTER NODES</a>
 */
record OwnSlots(long epoch, BitSet settled, BitSet importing, Map<Integer, String> migrating) {

	private static final int EPOCH = 6;

	/**
	 * The word of the first slots in the line of a node.
	 */
	private static final int FIRST = 8;

	private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+))?");

	private static final Pattern MOVE = Pattern.compile("\\[(\\d+)-([<>])-(\\w+)\\]");

	/**
	 * Read the reply to {@code CLUSTER NODES}.
	 * @param reply the reply, or an error
	 * @param known what the topology says, for a user who may not ask
	 * @return the slots
	 */
	static OwnSlots of(@Nullable Object reply, Shard known) {
		if (reply instanceof byte[] nodes) {
			for (String line : new String(nodes, StandardCharsets.UTF_8).split("\n")) {
				String[] words = line.trim().split(" ");
				if (words.length >= FIRST && words[2].contains("myself")) {
					return parse(words);
				}
			}
		}
		BitSet slots = new BitSet();
		known.slots().forEach((range) -> slots.set(range.first(), range.last() + 1));
		return new OwnSlots(0, slots, new BitSet(), Map.of());
	}

	private static OwnSlots parse(String[] words) {
		OwnSlots own = new OwnSlots(Long.parseLong(words[EPOCH]), new BitSet(), new BitSet(), new HashMap<>());
		for (int i = FIRST; i < words.length; i++) {
			Matcher range = RANGE.matcher(words[i]);
			Matcher move = MOVE.matcher(words[i]);
			if (range.matches()) {
				int first = Integer.parseInt(range.group(1));
				int last = (range.group(2) != null) ? Integer.parseInt(range.group(2)) : first;
				own.settled().set(first, last + 1);
			}
			else if (move.matches()) {
				own.note(Integer.parseInt(move.group(1)), move.group(2).equals(">"), move.group(3));
			}
		}
		own.migrating().keySet().forEach(own.settled()::clear);
		return own;
	}

	private void note(int slot, boolean leaves, String other) {
		if (leaves) {
			this.migrating.put(slot, other);
		}
		else {
			this.importing.set(slot);
		}
	}

	BitSet leaving() {
		BitSet slots = new BitSet();
		this.migrating.keySet().forEach(slots::set);
		return slots;
	}

	/**
	 * Return the slots whose keys the node has or is getting.
	 * @return the slots that it serves alone and those that it imports
	 */
	BitSet taken() {
		BitSet slots = (BitSet) this.settled.clone();
		slots.or(this.importing);
		return slots;
	}

}
