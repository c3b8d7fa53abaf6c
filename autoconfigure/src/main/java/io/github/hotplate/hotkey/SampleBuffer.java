package io.github.hotplate.hotkey;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

import org.jspecify.annotations.Nullable;

/**
 * Samples on their way from the callers to the summary: a ring filled by many threads and
 * emptied by one at a time, without waiting. A writer takes a place by advancing the tail
 * and fills it afterwards; the reader stops at a place that is taken but not filled yet.
 */
final class SampleBuffer {

	/**
	 * With keys of the greatest length, half a mebibyte. A power of two.
	 */
	static final int CAPACITY = 2_048;

	private static final int MASK = CAPACITY - 1;

	private final AtomicReferenceArray<@Nullable Sample> places = new AtomicReferenceArray<>(CAPACITY);

	private final AtomicLong tail = new AtomicLong();

	private final AtomicLong head = new AtomicLong();

	/**
	 * Add a sample. Any thread may call this.
	 * @param sample the sample
	 * @return whether there was room
	 */
	boolean offer(Sample sample) {
		while (true) {
			long position = this.tail.get();
			if (position - this.head.get() >= CAPACITY) {
				return false;
			}
			if (this.tail.compareAndSet(position, position + 1)) {
				this.places.setRelease((int) position & MASK, sample);
				return true;
			}
		}
	}

	/**
	 * Take the oldest sample. No two threads may call this at the same time.
	 * @return the sample, or {@code null} if there is none
	 */
	@Nullable Sample poll() {
		long position = this.head.get();
		int place = (int) position & MASK;
		Sample sample = this.places.getAcquire(place);
		if (sample != null) {
			// Clear the place before advancing the head: a writer that sees the new head
			// may fill it.
			this.places.setRelease(place, null);
			this.head.setRelease(position + 1);
		}
		return sample;
	}

	int size() {
		return (int) (this.tail.get() - this.head.get());
	}

}
