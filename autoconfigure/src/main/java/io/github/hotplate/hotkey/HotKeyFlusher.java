package io.github.hotplate.hotkey;

import java.util.List;

import redis.clients.jedis.exceptions.JedisException;

/**
 * Flushes the counts of a summary to the sorted sets. Counts stay in the summary until
 * Redis accepts them. Thread-safe; flushes run one after the other.
 */
final class HotKeyFlusher implements AutoCloseable {

	/**
	 * Limits the size of one flush; the largest contributions come first.
	 */
	private static final int KEYS_PER_FLUSH = 500;

	private static final int FINAL_ROUNDS = 1 + AccessSummary.COUNTERS / KEYS_PER_FLUSH;

	private final HotKeySummary summary;

	private final HotKeySet reads;

	private final HotKeySet writes;

	private final TrackerFailures failures;

	private boolean closed;

	HotKeyFlusher(HotKeySummary summary, HotKeySet reads, HotKeySet writes, TrackerFailures failures) {
		this.summary = summary;
		this.reads = reads;
		this.writes = writes;
		this.failures = failures;
	}

	/**
	 * Send the pending contributions. If one set cannot be reached, the other is flushed
	 * nevertheless. Does nothing once closed, because a late tick would open a connection
	 * that is never closed.
	 */
	synchronized void flush() {
		if (this.closed) {
			return;
		}
		flush(KeyAccess.READS, this.reads);
		flush(KeyAccess.WRITES, this.writes);
	}

	private boolean flush(KeyAccess access, HotKeySet set) {
		List<Contribution> due = this.summary.due(access, KEYS_PER_FLUSH);
		if (due.isEmpty()) {
			return false;
		}
		try {
			Delivery delivery = set.add(due);
			this.summary.settle(access, due, delivery);
			if (delivery.loss() != null) {
				this.failures.noteExpected("dropped samples of hot keys: Redis did not reply to a flush",
						delivery.loss());
			}
			return !delivery.isLost();
		}
		catch (JedisException ex) {
			this.failures.noteExpected("could not flush hot keys and keeps them for the next flush", ex);
			return false;
		}
	}

	/**
	 * Flush for the last time. Takes at most the time-outs of one flush if Redis does not
	 * answer.
	 */
	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		closeAfterFlush(KeyAccess.READS, this.reads);
		closeAfterFlush(KeyAccess.WRITES, this.writes);
	}

	private void closeAfterFlush(KeyAccess access, HotKeySet set) {
		boolean more = true;
		for (int round = 0; more && round < FINAL_ROUNDS; round++) {
			more = flush(access, set);
		}
		set.close();
	}

}
