package io.github.hotplate.hotkey;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.command.KeySlots;

/**
 * Sums up the samples of one client in bounded memory. Thread-safe.
 * <p>
 * Callers put samples into a buffer and never wait. A caller that finds a full batch sums
 * it up in about 50 microseconds, unless another caller is already doing so. If the
 * buffer stays full because others keep summing up, the sample is dropped and counted.
 * <p>
 * The bound, with 256 bytes a key at most: 2,048 samples, 2 x 1,024 counters and 64 big
 * keys of up to 300 + 200 bytes each, and 2 x 16,384 slots of four bytes, which is less
 * than 2 MiB.
 */
final class HotKeySummary {

	/**
	 * Large, so that less than one call in a hundred sums up, and small beside the
	 * capacity, so that other callers can continue meanwhile.
	 */
	private static final int BATCH = SampleBuffer.CAPACITY / 4;

	/**
	 * Less than a microsecond: the thread that sums up makes room, unless it is
	 * preempted.
	 */
	private static final int ATTEMPTS = 8;

	private static final KeyName READS_SET = KeyName.of(KeyAccess.READS.sortedSet());

	private static final KeyName WRITES_SET = KeyName.of(KeyAccess.WRITES.sortedSet());

	private final Function<Object, @Nullable KeyName> naming;

	private final KeySlots slots;

	private final InstantSource clock;

	private final TrackerFailures failures;

	private final SampleBuffer buffer = new SampleBuffer();

	private final LongAdder dropped = new LongAdder();

	private final Locked<SummaryState> state;

	/**
	 * Create an empty summary.
	 * @param naming maps a key to the name it counts under, or to {@code null} to ignore
	 * it
	 * @param slots tells where keys are
	 * @param clock tells when keys are seen
	 * @param failures counts failures of the naming
	 */
	HotKeySummary(Function<Object, @Nullable KeyName> naming, KeySlots slots, InstantSource clock,
			TrackerFailures failures) {
		this.naming = naming;
		this.slots = slots;
		this.clock = clock;
		this.failures = failures;
		this.state = new Locked<>(new SummaryState(slots.heatBuckets(), clock.millis()));
	}

	/**
	 * Take a sample, or drop it rather than wait.
	 * @param sample the sample
	 */
	void offer(Sample sample) {
		if (this.buffer.offer(sample)) {
			if (this.buffer.size() >= BATCH) {
				this.state.tryWrite(this::drain);
			}
		}
		else if (!offerToFullBuffer(sample)) {
			this.dropped.increment();
		}
	}

	private boolean offerToFullBuffer(Sample sample) {
		for (int i = 0; i < ATTEMPTS; i++) {
			if (!this.state.tryWrite(this::drain)) {
				Thread.onSpinWait();
			}
			if (this.buffer.offer(sample)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Sum up the samples in the buffer.
	 */
	void drain() {
		this.state.write(this::drain);
	}

	// Callers keep filling the buffer, so the one that empties it needs a limit.
	private void drain(SummaryState summed) {
		long now = this.clock.millis();
		for (int i = 0; i < SampleBuffer.CAPACITY; i++) {
			Sample sample = this.buffer.poll();
			if (sample == null) {
				return;
			}
			summed.countSample();
			add(sample, now, summed);
		}
	}

	private void add(Sample sample, long now, SummaryState summed) {
		KeyName name;
		try {
			name = this.naming.apply(sample.key());
		}
		catch (RuntimeException ex) {
			// The key itself must not be counted: the naming may be there to hide it.
			this.dropped.increment();
			this.failures.note("cannot name keys, and does not count them", ex);
			return;
		}
		if (name == null || isOwn(name)) {
			return;
		}
		int slot = (sample.slot() != Sample.SLOT_OF_KEY) ? sample.slot() : this.slots.slot(sample.key());
		summed.summary(sample.access()).add(name, sample, slot, now);
		if (sample.bytes() > 0) {
			summed.bigKeys().add(name, sample, slot, now);
		}
	}

	// Monitoring that reads the sorted sets must not make them hot.
	private static boolean isOwn(KeyName name) {
		return name.equals(READS_SET) || name.equals(WRITES_SET);
	}

	/**
	 * Decay the recent counts.
	 * @param factor the factor, from 0 to 1
	 */
	void decay(double factor) {
		this.state.write((summed) -> summed.decay(factor));
	}

	/**
	 * Return the largest pending contributions to a sorted set.
	 * @param access the access
	 * @param limit how many keys to return at most
	 * @return the contributions, to be settled after sending
	 */
	List<Contribution> due(KeyAccess access, int limit) {
		return this.state.read((summed) -> summed.summary(access).due(limit));
	}

	/**
	 * Settle contributions.
	 * @param access the access
	 * @param contributions the contributions
	 * @param delivery their outcome
	 */
	void settle(KeyAccess access, List<Contribution> contributions, Delivery delivery) {
		this.state.write((summed) -> settle(summed.summary(access), contributions, delivery));
	}

	private void settle(AccessSummary summary, List<Contribution> contributions, Delivery delivery) {
		double samplesPerCommand = summary.samples() / Math.max(1, summary.commands());
		for (int i = 0; i < contributions.size(); i++) {
			TrackedKey key = contributions.get(i).key();
			long amount = contributions.get(i).amount();
			if (delivery.isLost()) {
				key.lost(amount);
				this.dropped.add(Math.max(1, Math.round(amount * samplesPerCommand)));
			}
			else if (delivery.kept().get(i)) {
				key.written(amount);
			}
			else {
				key.trimmed();
			}
		}
	}

	/**
	 * Read the state under the lock.
	 * @param <T> the type of the result
	 * @param view copies the values it needs
	 * @return the result
	 */
	<T> T view(Function<SummaryState, T> view) {
		return this.state.read((summed) -> {
			drain(summed);
			return view.apply(summed);
		});
	}

	/**
	 * Count a sample that could not be taken.
	 */
	void drop() {
		this.dropped.increment();
	}

	/**
	 * Return how many samples were taken, dropped ones included.
	 * @return their number since the start, except for those in the buffer
	 */
	long taken() {
		return this.state.read(SummaryState::samples) + this.dropped.sum();
	}

	long dropped() {
		return this.dropped.sum();
	}

	/**
	 * Forget everything.
	 */
	void clear() {
		this.state.write((summed) -> {
			drain(summed);
			summed.clear(this.clock.millis(), this.dropped.sum());
		});
	}

}
