package io.github.hotplate.hotkey;

/**
 * What a summary knows of one key. Guarded by the lock of its {@link HotKeySummary}.
 */
final class TrackedKey {

	/**
	 * The slot of a name that stands for keys of several slots.
	 */
	static final int SEVERAL_SLOTS = -1;

	private final KeyName name;

	private final long firstSeen;

	private int slot;

	private long lastSeen;

	private double count;

	private double inherited;

	private double recent;

	private double owed;

	private double written;

	/**
	 * The place in the heap of {@link SpaceSaving}, which alone uses it.
	 */
	int heapIndex;

	TrackedKey(KeyName name, int slot, long now, double inherited) {
		this.name = name;
		this.slot = slot;
		this.firstSeen = now;
		this.count = inherited;
		this.inherited = inherited;
	}

	void add(double weight, int slot, long now) {
		this.count += weight;
		this.recent += weight;
		this.owed += weight;
		this.lastSeen = now;
		if (this.slot != slot) {
			this.slot = SEVERAL_SLOTS;
		}
	}

	void decay(double factor) {
		this.recent *= factor;
	}

	KeyName name() {
		return this.name;
	}

	int slot() {
		return this.slot;
	}

	long firstSeen() {
		return this.firstSeen;
	}

	long lastSeen() {
		return this.lastSeen;
	}

	/**
	 * Return by what Space-Saving orders keys: the commands since the key is tracked, and
	 * those of the key whose place it took.
	 * @return never less than the true number
	 */
	double count() {
		return this.count;
	}

	/**
	 * Return the commands since the key is tracked.
	 * @return never more than the true number
	 */
	double guaranteed() {
		return this.count - this.inherited;
	}

	/**
	 * Return the commands of the last seconds, older ones counting less.
	 * @return the decayed number
	 */
	double recent() {
		return this.recent;
	}

	/**
	 * Return what is to be added to the sorted set.
	 * @return whole commands; fractions stay here until they add up
	 */
	long owed() {
		return (long) this.owed;
	}

	/**
	 * Note that the sorted set holds what was owed.
	 * @param amount what was added to it
	 */
	void written(long amount) {
		this.owed -= amount;
		this.written += amount;
	}

	/**
	 * Note that the sorted set has trimmed the key off, with all that it held: the key
	 * may come back only with everything that is known of it, or a key that gets hot
	 * slowly would never stay.
	 */
	void trimmed() {
		this.owed += this.written;
		this.written = 0;
	}

	/**
	 * Note that nobody knows whether the sorted set got what was owed.
	 * @param amount what was sent, and must not be sent twice
	 */
	void lost(long amount) {
		this.owed -= amount;
	}

}
