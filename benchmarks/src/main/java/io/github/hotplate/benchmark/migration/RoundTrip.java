package io.github.hotplate.benchmark.migration;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.hotplate.benchmark.load.SlotOwners;
import io.github.hotplate.test.EmbeddedRedisCluster;
import io.github.hotplate.test.RedisNode;

/**
 * The journey of all slots of the first primary to the second and back.
 */
final class RoundTrip {

	/**
	 * Slots between two looks at the clock.
	 */
	private static final int STEP = 32;

	private final EmbeddedRedisCluster cluster;

	private final RedisNode home;

	private final RedisNode guest;

	private final int slots;

	RoundTrip(EmbeddedRedisCluster cluster, SlotOwners owners) {
		this.cluster = cluster;
		this.home = owners.primaries().get(0);
		this.guest = owners.primaries().get(1);
		this.slots = owners.firstSlot(this.guest);
	}

	/**
	 * Move the slots.
	 * @param duration the time to spread the journey over
	 * @throws InterruptedException if interrupted
	 */
	void move(Duration duration) throws InterruptedException {
		long begin = System.nanoTime();
		long half = duration.toNanos() / 2;
		move(this.home, this.guest, begin, half);
		move(this.guest, this.home, begin + half, half);
	}

	private void move(RedisNode from, RedisNode to, long begin, long nanos) throws InterruptedException {
		for (int first = 0; first < this.slots; first += STEP) {
			long due = begin + nanos * first / this.slots;
			TimeUnit.NANOSECONDS.sleep(Math.max(0, due - System.nanoTime()));
			this.cluster.migrateSlots(from, to, first, Math.min(first + STEP, this.slots) - 1);
		}
	}

}
