package io.github.hotplate.hotkey;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SampleBuffer}.
 */
class SampleBufferTests {

	private final SampleBuffer buffer = new SampleBuffer();

	@Test
	void returnsSamplesInTheirOrder() {
		Sample first = sample(1);
		Sample second = sample(2);
		this.buffer.offer(first);
		this.buffer.offer(second);
		assertThat(this.buffer.size()).isEqualTo(2);
		assertThat(this.buffer.poll()).isSameAs(first);
		assertThat(this.buffer.poll()).isSameAs(second);
		assertThat(this.buffer.poll()).isNull();
	}

	@Test
	void refusesWhatItHasNoRoomFor() {
		IntStream.range(0, SampleBuffer.CAPACITY).forEach((i) -> assertThat(this.buffer.offer(sample(i))).isTrue());
		assertThat(this.buffer.offer(sample(0))).isFalse();
		this.buffer.poll();
		assertThat(this.buffer.offer(sample(0))).isTrue();
	}

	@Test
	void losesAndDoublesNothingUnderManyThreads() {
		int threads = 8;
		int each = 50_000;
		LongAdder accepted = new LongAdder();
		LongAdder sent = new LongAdder();
		AtomicBoolean done = new AtomicBoolean();
		CompletableFuture<long[]> reader = run(() -> read(done));
		List<CompletableFuture<Void>> writers = IntStream.range(0, threads).mapToObj((thread) -> run(() -> {
			for (int i = 0; i < each; i++) {
				long value = (long) thread * each + i;
				if (this.buffer.offer(sample(value))) {
					accepted.increment();
					sent.add(value);
				}
			}
			return (Void) null;
		})).toList();
		writers.forEach(CompletableFuture::join);
		done.set(true);
		assertThat(reader.join()).containsExactly(accepted.sum(), sent.sum());
		assertThat(this.buffer.size()).isZero();
	}

	private long[] read(AtomicBoolean done) {
		long count = 0;
		long sum = 0;
		while (true) {
			boolean last = done.get();
			Sample sample = this.buffer.poll();
			if (sample != null) {
				count++;
				sum += sample.bytes();
			}
			else if (last) {
				return new long[] { count, sum };
			}
		}
	}

	private static <T> CompletableFuture<T> run(Supplier<T> task) {
		return CompletableFuture.supplyAsync(task, (runnable) -> new Thread(runnable, "sampling").start());
	}

	private static Sample sample(long bytes) {
		return new Sample("key", 0, KeyAccess.READS, 1, bytes);
	}

}
