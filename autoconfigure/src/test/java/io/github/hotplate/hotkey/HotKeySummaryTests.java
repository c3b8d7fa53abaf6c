package io.github.hotplate.hotkey;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.hotplate.command.CommandKeys;
import io.github.hotplate.command.KeySlots;
import io.github.hotplate.support.MonitoringFailures;
import io.github.hotplate.support.MonitoringFailures.Part;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HotKeySummary}.
 */
class HotKeySummaryTests {

	private static final double ONE_SECOND = Math.pow(0.5, 1_000.0 / FlushTick.HALF_LIFE.toMillis());

	private final MonitoringFailures monitoring = new MonitoringFailures();

	private final TrackerFailures failures = new TrackerFailures("foo", this.monitoring);

	private final HotKeySummary summary = new HotKeySummary(KeyName::of, KeySlots.CLUSTER,
			InstantSource.fixed(Instant.EPOCH), this.failures);

	@Test
	void uniformLoadHasNoHotKey() {
		Random random = new Random(3);
		for (int i = 0; i < 200_000; i++) {
			read("key:" + random.nextInt(50_000));
		}
		AccessSummary reads = this.summary.view((view) -> view.summary(KeyAccess.READS));
		assertThat(reads.samples()).isEqualTo(200_000);
		assertThat(reads.top(1, TrackedKey::recent).get(0).recent() / reads.recentCommands()).isLessThan(0.01);
		assertThat(reads.top(1, TrackedKey::guaranteed).get(0).guaranteed() / reads.commands()).isLessThan(0.01);
	}

	@Test
	void newHotKeyLeadsWithinFiveSeconds() {
		for (int second = 0; second < 60; second++) {
			oneSecondOf("old");
		}
		assertThat(hottest()).isEqualTo("old");
		for (int second = 0; second < 5; second++) {
			oneSecondOf("new");
		}
		assertThat(hottest()).isEqualTo("new");
	}

	private void oneSecondOf(String hotKey) {
		Random random = new Random(5);
		for (int i = 0; i < 2_000; i++) {
			read((i % 10 == 0) ? hotKey : "key:" + random.nextInt(100_000));
		}
		this.summary.drain();
		this.summary.decay(ONE_SECOND);
	}

	private String hottest() {
		return this.summary
			.view((view) -> view.summary(KeyAccess.READS).top(1, TrackedKey::recent).get(0).name().toString());
	}

	@Test
	void memoryIsBoundedWhateverTheKeys() {
		KeyCutter cutter = new KeyCutter(256);
		byte[] key = new byte[10_000];
		for (int i = 0; i < 100_000; i++) {
			key[0] = (byte) i;
			key[1] = (byte) (i >> 8);
			key[2] = (byte) (i >> 16);
			for (KeyAccess access : KeyAccess.values()) {
				this.summary.offer(new Sample(cutter.cut(key.clone()), 0, access, 1, i));
			}
		}
		// The last of them are still in the buffer, which is where most is held.
		IntStream.range(0, SampleBuffer.CAPACITY - 1)
			.forEach((i) -> this.summary
				.offer(new Sample(cutter.cut(("%08d".formatted(i) + "x".repeat(500))), 0, KeyAccess.READS, 1, 1)));
		assertThat(new RetainedSize().of(this.summary)).isLessThan(2 * 1_024 * 1_024);
	}

	@Test
	void keyIsNotCountedWhereNamingFails() {
		HotKeySummary failing = new HotKeySummary((key) -> {
			throw new IllegalStateException("expected");
		}, KeySlots.CLUSTER, InstantSource.system(), this.failures);
		failing.offer(sample("secret"));
		assertThat(failing.<Long>view((view) -> view.summary(KeyAccess.READS).samples())).isZero();
		assertThat(failing.dropped()).isOne();
		assertThat(this.monitoring.count(Part.HOT_KEYS)).isOne();
	}

	@Test
	void keyWithoutNameIsLeftOut() {
		HotKeySummary choosy = new HotKeySummary((key) -> null, KeySlots.CLUSTER, InstantSource.system(),
				this.failures);
		choosy.offer(sample("secret"));
		assertThat(choosy.<Long>view((view) -> view.summary(KeyAccess.READS).samples())).isZero();
		assertThat(choosy.dropped()).isZero();
	}

	@Test
	void sortedSetsThemselvesAreNotTracked() {
		read("baseplate-hot-key-tracker-reads");
		read("baseplate-hot-key-tracker-writes");
		assertThat(this.summary.<Long>view((view) -> view.summary(KeyAccess.READS).samples())).isZero();
	}

	@Test
	void burstIsSummedUpByCallerRatherThanLost() {
		int burst = 10 * SampleBuffer.CAPACITY;
		IntStream.range(0, burst).forEach((i) -> read("key"));
		assertThat(this.summary.<Long>view((view) -> view.summary(KeyAccess.READS).samples())).isEqualTo(burst);
		assertThat(this.summary.dropped()).isZero();
	}

	@Test
	void everySampleIsCountedOrDroppedUnderManyThreads() {
		AtomicBoolean done = new AtomicBoolean();
		CompletableFuture<Void> background = run(() -> {
			while (!done.get()) {
				this.summary.drain();
				this.summary.due(KeyAccess.READS, 10);
			}
		});
		List<CompletableFuture<Void>> callers = IntStream.range(0, 8).mapToObj((seed) -> run(() -> {
			Random random = new Random(seed);
			for (int i = 0; i < 25_000; i++) {
				read("key:" + random.nextInt(5_000));
			}
		})).toList();
		callers.forEach(CompletableFuture::join);
		done.set(true);
		background.join();
		long counted = this.summary.view((view) -> view.summary(KeyAccess.READS).samples());
		assertThat(counted + this.summary.dropped()).isEqualTo(200_000);
		assertThat(counted).isPositive();
	}

	@Test
	void keysOfSeveralSlotsUnderOneNameHaveNone() {
		HotKeySummary grouping = new HotKeySummary((key) -> KeyName.of("user:*"), KeySlots.CLUSTER,
				InstantSource.system(), this.failures);
		grouping.offer(sample("user:1"));
		assertThat(slots(grouping)).containsExactly(CommandKeys.slot("user:1"));
		grouping.offer(sample("user:2"));
		assertThat(slots(grouping)).containsExactly(TrackedKey.SEVERAL_SLOTS);
	}

	private static List<Integer> slots(HotKeySummary summary) {
		return summary.view((view) -> view.summary(KeyAccess.READS)
			.top(10, TrackedKey::count)
			.stream()
			.map(TrackedKey::slot)
			.toList());
	}

	@Test
	void biggestCommandOfKeyIsKept() {
		for (int i = 0; i < 1_000; i++) {
			this.summary.offer(new Sample("key:" + i, Sample.SLOT_OF_KEY, KeyAccess.READS, 1, i));
			this.summary.offer(new Sample("big", Sample.SLOT_OF_KEY, KeyAccess.WRITES, 1, 100_000 - i));
		}
		assertThat(this.summary.<List<BigKeys.BigKey>>view((view) -> view.bigKeys().top(2)))
			.extracting((key) -> key.name() + " " + key.bytes())
			.containsExactly("big 100000", "key:999 999");
	}

	@Test
	void clearForgetsEverything() {
		read("key");
		this.summary.clear();
		assertThat(this.summary.due(KeyAccess.READS, 10)).isEmpty();
		assertThat(this.summary.<Long>view((view) -> view.summary(KeyAccess.READS).samples())).isZero();
	}

	private void read(String key) {
		this.summary.offer(sample(key));
	}

	private static Sample sample(String key) {
		return new Sample(key, Sample.SLOT_OF_KEY, KeyAccess.READS, 1, 0);
	}

	private static CompletableFuture<Void> run(Runnable task) {
		return CompletableFuture.runAsync(task, (runnable) -> new Thread(runnable, "sampling").start());
	}

}
