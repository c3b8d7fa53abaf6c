package io.github.hotplate.benchmark.hotkey;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * Threads that read one key more than all others, until they are closed.
 */
final class SkewedLoad implements AutoCloseable {

	static final int THREADS = 4;

	private static final int HOT_ONE_IN = 10;

	private final BenchmarkClient client;

	private final int keys;

	private final LongAdder calls = new LongAdder();

	private final List<Thread> threads;

	private volatile String hotKey;

	private volatile boolean stopped;

	SkewedLoad(BenchmarkClient client, int keys, String hotKey) {
		this.client = client;
		this.keys = keys;
		this.hotKey = hotKey;
		this.threads = IntStream.range(0, THREADS)
			.mapToObj((number) -> new Thread(() -> read(new SplittableRandom(number)), "skewed-load-" + number))
			.toList();
		this.threads.forEach(Thread::start);
	}

	private void read(SplittableRandom random) {
		while (!this.stopped) {
			boolean hot = random.nextInt(HOT_ONE_IN) == 0;
			this.client.get(hot ? this.hotKey : "key:" + random.nextInt(this.keys));
			this.calls.increment();
		}
	}

	/**
	 * Read another key most.
	 * @param key the new hot key
	 */
	void heat(String key) {
		this.hotKey = key;
	}

	long calls() {
		return this.calls.sum();
	}

	@Override
	public void close() throws InterruptedException {
		this.stopped = true;
		for (Thread thread : this.threads) {
			thread.join();
		}
	}

}
