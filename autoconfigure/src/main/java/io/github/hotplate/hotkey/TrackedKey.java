package io.github.hotplate.hotkey;

/**
 * The counters of one key. Guarded by the lock of its {@link HotKeySummary}.
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
	 * The index in the heap of {@link SpaceSaving}, for its use only.
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
	 * Return the count by which Space-Saving orders keys: the commands since the key is
	 * tracked plus those of the key it replaced.
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
	 * Return the pending amount for the sorted set.
	 * @return whole commands; fractions stay here until they add up
	 */
	long owed() {
		return (long) this.owed;
	}

	/**
	 * Note that Redis added an amount to the sorted set.
	 * @param amount the amount
	 */
	void written(long amount) {
		this.owed -= amount;
		this.written += amount;
	}

	/**
	 * Note that the sorted set has trimmed the key. The full count becomes pending again,
	 * or a key that gets hot slowly could never stay in the set.
	 */
	void trimmed() {
		this.owed += this.written;
		this.written = 0;
	}

	/**
	 * Note that it is unknown whether the sorted set received an amount.
	 * @param amount the amount, which must not be sent twice
	 */
	void lost(long amount) {
		this.owed -= amount;
	}

}
