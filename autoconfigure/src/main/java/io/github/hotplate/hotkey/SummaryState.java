package io.github.hotplate.hotkey;

/**
 * The counters of a {@link HotKeySummary}. Guarded by its lock.
 */
final class SummaryState {

	private final AccessSummary reads;

	private final AccessSummary writes;

	private final BigKeys bigKeys = new BigKeys();

	private final int heatBuckets;

	private long samples;

	private long since;

	private long droppedBefore;

	/**
	 * Create an empty state.
	 * @param heatBuckets the number of buckets for per-slot load
	 * @param since when it was created, in milliseconds since the epoch
	 */
	SummaryState(int heatBuckets, long since) {
		this.reads = new AccessSummary(heatBuckets);
		this.writes = new AccessSummary(heatBuckets);
		this.heatBuckets = heatBuckets;
		this.since = since;
	}

	AccessSummary summary(KeyAccess access) {
		return (access == KeyAccess.READS) ? this.reads : this.writes;
	}

	BigKeys bigKeys() {
		return this.bigKeys;
	}

	int heatBuckets() {
		return this.heatBuckets;
	}

	void countSample() {
		this.samples++;
	}

	/**
	 * Return how many samples were taken out of the buffer.
	 * @return their number since the start
	 */
	long samples() {
		return this.samples;
	}

	/**
	 * Return the start of the count.
	 * @return milliseconds since the epoch
	 */
	long since() {
		return this.since;
	}

	/**
	 * Return how many samples had been dropped when the state was last cleared.
	 * @return their number since the start
	 */
	long droppedBefore() {
		return this.droppedBefore;
	}

	void decay(double factor) {
		this.reads.decay(factor);
		this.writes.decay(factor);
	}

	void clear(long now, long dropped) {
		this.reads.clear();
		this.writes.clear();
		this.bigKeys.clear();
		this.droppedBefore = dropped;
		this.since = now;
	}

}
