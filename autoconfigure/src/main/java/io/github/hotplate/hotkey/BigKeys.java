package io.github.hotplate.hotkey;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of the biggest commands, by the most bytes of arguments and reply in one
 * command. Guarded by the lock of its {@link HotKeySummary}.
 */
final class BigKeys {

	private static final int LIMIT = 64;

	private final Map<KeyName, BigKey> keys = new HashMap<>();

	/**
	 * The size that a key must exceed once all places are taken.
	 */
	private long least;

	void add(KeyName name, Sample sample, int slot, long now) {
		boolean full = this.keys.size() >= LIMIT;
		BigKey known = this.keys.get(name);
		if (known == null && full && sample.bytes() <= this.least) {
			return;
		}
		if (known == null || sample.bytes() > known.bytes()) {
			this.keys.put(name, new BigKey(name, slot, sample.bytes(), now));
		}
		if (this.keys.size() > LIMIT) {
			BigKey smallest = smallest();
			this.keys.remove(smallest.name());
			this.least = smallest().bytes();
		}
	}

	private BigKey smallest() {
		return this.keys.values().stream().min(Comparator.comparingLong(BigKey::bytes)).orElseThrow();
	}

	List<BigKey> top(int limit) {
		return this.keys.values()
			.stream()
			.sorted(Comparator.comparingLong(BigKey::bytes).reversed())
			.limit(limit)
			.toList();
	}

	void clear() {
		this.keys.clear();
		this.least = 0;
	}

	record BigKey(KeyName name, int slot, long bytes, long seen) {

	}

}
