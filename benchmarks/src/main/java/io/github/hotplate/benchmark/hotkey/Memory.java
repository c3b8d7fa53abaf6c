package io.github.hotplate.benchmark.hotkey;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.peer.ClusterAccess;
import io.github.hotplate.benchmark.peer.HotplateClient;
import io.github.hotplate.client.ClientWiring;
import io.github.hotplate.hotkey.HotKeyTracker;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.test.EmbeddedRedisCluster;

/**
 * Counts what a tracker holds after more keys than it can remember.
 */
final class Memory {

	private static final String INTRODUCTION = """
			%,d distinct keys of %d bytes, of which the tracker keeps 256, are read and written in turn, with sizes \
			tracked. They pass its advice around a stub executor; the sorted sets are in Redis. The memory is what \
			the garbage collector frees once the tracker is closed and unreferenced: the bytes of all live objects \
			before minus those after, the greatest of %d times.""";

	private static final long BOUND = 2 * 1_024 * 1_024;

	private static final int CENSUSES = 10;

	private static final int CLASSES = 6;

	private static final int CANDIDATES = 40;

	private final EmbeddedRedisCluster cluster;

	private final HotKeysBenchmark.Options options;

	Memory(EmbeddedRedisCluster cluster, HotKeysBenchmark.Options options) {
		this.cluster = cluster;
		this.options = options;
	}

	void measure(Report report) {
		report.heading(2, "Memory");
		report.paragraph(INTRODUCTION.formatted(this.options.distinctKeys(), this.options.keyLength(), CENSUSES));
		report.progress("Memory, %,d keys".formatted(this.options.distinctKeys()));
		ClusterAccess access = TrackedClients.access(this.cluster, this.options, 1)
			.withHotplate("hot_keys.max_key_length", "256")
			.withHotplate("hot_keys.track_sizes", "true");
		try (HotplateClient client = HotplateClient.open(access)) {
			// The first one loads classes, which stay.
			HeapCensus.take();
			Flooded flooded = flood(client);
			HeapCensus after = HeapCensus.take();
			report.table(new Table("measure", "target", "measured")
				.row("memory of the tracker, bytes", "< %,d".formatted(BOUND),
						"%,d".formatted(flooded.largest().bytes() - after.bytes()))
				.row("of that, KiB by class", "", String.join(", ", flooded.largest().growthSince(after, CLASSES)))
				.row("keys/s, samples dropped", "",
						"%,.0f, %,d".formatted(flooded.keysPerSecond(), flooded.droppedSamples())));
		}
	}

	// A tracker of its own: nothing refers to it after this has returned.
	private Flooded flood(HotplateClient client) {
		ClientWiring wiring = new ClientWiring(client.pool(), new MonitoringFailures());
		try (HotKeyTracker tracker = wiring.hotKeys(null)) {
			KeyFlood flood = new KeyFlood(tracker, this.options.keyLength());
			@Nullable HeapCensus largest = null;
			long nanos = 0;
			for (int i = 0; i < CENSUSES; i++) {
				long begin = System.nanoTime();
				flood.run(keys(i), keys(i + 1));
				nanos += System.nanoTime() - begin;
				HeapCensus census = HeapCensus.take();
				if (largest == null || census.bytes() > largest.bytes()) {
					largest = census.trimmed(CANDIDATES);
				}
			}
			return new Flooded(Objects.requireNonNull(largest),
					keys(CENSUSES) * (double) TimeUnit.SECONDS.toNanos(1) / nanos, tracker.droppedSamples());
		}
	}

	private int keys(int censuses) {
		return (int) ((long) this.options.distinctKeys() * censuses / CENSUSES);
	}

	/**
	 * What is known of a tracker that is gone.
	 *
	 * @param largest the living objects when they needed most memory
	 * @param keysPerSecond how fast its advice took keys
	 * @param droppedSamples how many it has lost
	 */
	private record Flooded(HeapCensus largest, double keysPerSecond, long droppedSamples) {

	}

}
