package io.github.hotplate.hotkey;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The heavy hitters of a stream in bounded memory, by the algorithm Space-Saving: a fixed
 * number of counters; a key without one takes over that of the least counted key and
 * inherits its count, an upper bound of the uses that were missed.
 * <p>
 * With {@code m} counters and {@code n} commands, every key with more than {@code n / m}
 * commands has a counter, and no count is wrong by more than {@code n / m}. A hot key
 * gets its counter within the first commands and keeps it, so its count is exact.
 * <p>
 * It was chosen over HeavyKeeper and Count-Min because its counters can carry the other
 * data that a report needs, without a second structure; and over Apache DataSketches,
 * whose sketch for frequent items drops half of its keys at a time and keeps counts
 * alone. Weighted samples rule out the constant-time list of the paper; a binary heap
 * takes its place. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1007/978-3-540-30570-5_27">A. Metwally, D. Agrawal, A.
 * El Abbadi: Efficient Computation of Frequent and Top-k Elements in Data Streams, ICDT
 * 2005</a>
 */
final class SpaceSaving {

	private final int counters;

	private final Map<KeyName, TrackedKey> keys = new HashMap<>();

	/**
	 * The least counted key first.
	 */
	private final List<TrackedKey> heap = new ArrayList<>();

	SpaceSaving(int counters) {
		this.counters = counters;
	}

	/**
	 * Count a key.
	 * @param name the key
	 * @param weight the number of commands that the sample represents
	 * @param slot its slot
	 * @param now the time, in milliseconds
	 */
	void add(KeyName name, double weight, int slot, long now) {
		TrackedKey key = this.keys.get(name);
		if (key == null) {
			key = (this.heap.size() < this.counters) ? append(name, slot, now) : replaceLeast(name, slot, now);
			this.keys.put(name, key);
		}
		key.add(weight, slot, now);
		siftDown(key);
	}

	private TrackedKey append(KeyName name, int slot, long now) {
		TrackedKey key = new TrackedKey(name, slot, now, 0);
		this.heap.add(key);
		siftUp(key, this.heap.size() - 1);
		return key;
	}

	private TrackedKey replaceLeast(KeyName name, int slot, long now) {
		TrackedKey least = this.heap.get(0);
		this.keys.remove(least.name());
		TrackedKey key = new TrackedKey(name, slot, now, least.count());
		place(key, 0);
		return key;
	}

	private void siftUp(TrackedKey key, int start) {
		int index = start;
		while (index > 0) {
			TrackedKey parent = this.heap.get((index - 1) / 2);
			if (parent.count() <= key.count()) {
				break;
			}
			int parentIndex = parent.heapIndex;
			place(parent, index);
			index = parentIndex;
		}
		place(key, index);
	}

	private void siftDown(TrackedKey key) {
		int index = key.heapIndex;
		while (2 * index + 1 < this.heap.size()) {
			int child = 2 * index + 1;
			if (child + 1 < this.heap.size() && this.heap.get(child + 1).count() < this.heap.get(child).count()) {
				child++;
			}
			if (key.count() <= this.heap.get(child).count()) {
				break;
			}
			place(this.heap.get(child), index);
			index = child;
		}
		place(key, index);
	}

	private void place(TrackedKey key, int index) {
		this.heap.set(index, key);
		key.heapIndex = index;
	}

	/**
	 * Return the keys that have a counter.
	 * @return the keys in no order; a view
	 */
	Collection<TrackedKey> keys() {
		return Collections.unmodifiableCollection(this.keys.values());
	}

	void clear() {
		this.keys.clear();
		this.heap.clear();
	}

}
