package io.github.hotplate.benchmark.hotkey;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * Keys drawn at random before they are read, so that it is known how often each is.
 */
final class Draws {

	private static final int THREADS = 4;

	private static final int PIPELINE = 500;

	private final int keys;

	private final int[] drawn;

	private Draws(int keys, int[] drawn) {
		this.keys = keys;
		this.drawn = drawn;
	}

	/**
	 * Draw by Zipf's law: the key of rank {@code r}, from 1, comes with a probability
	 * proportional to {@code 1 / r}.
	 * @param keys how many keys there are
	 * @param count how many to draw
	 * @param seed which ones to draw
	 * @return the drawn keys
	 */
	static Draws zipf(int keys, int count, long seed) {
		double[] cumulated = new double[keys];
		double sum = 0;
		for (int key = 0; key < keys; key++) {
			sum += 1.0 / (key + 1);
			cumulated[key] = sum;
		}
		double total = sum;
		return new Draws(keys, new SplittableRandom(seed).doubles(count, 0, total).mapToInt((draw) -> {
			int position = Arrays.binarySearch(cumulated, draw);
			return (position >= 0) ? position : -position - 1;
		}).toArray());
	}

	/**
	 * Draw each key as likely as any other.
	 * @param keys how many keys there are
	 * @param count how many to draw
	 * @param seed which ones to draw
	 * @return the drawn keys
	 */
	static Draws uniform(int keys, int count, long seed) {
		return new Draws(keys, new SplittableRandom(seed).ints(count, 0, keys).toArray());
	}

	/**
	 * Return the keys that were drawn most.
	 * @param limit how many
	 * @return the keys, the most drawn first
	 */
	List<String> top(int limit) {
		int[] counts = new int[this.keys];
		for (int key : this.drawn) {
			counts[key]++;
		}
		return IntStream.range(0, this.keys)
			.boxed()
			.sorted(Comparator.comparingInt((Integer key) -> counts[key]).reversed())
			.limit(limit)
			.map(Draws::name)
			.toList();
	}

	/**
	 * Read each key as often as it was drawn, in pipelines, on several threads.
	 * @param client reads them
	 * @throws InterruptedException if interrupted
	 */
	void readAll(BenchmarkClient client) throws InterruptedException {
		AtomicInteger next = new AtomicInteger();
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		try {
			List<? extends Future<?>> readers = IntStream.range(0, THREADS)
				.mapToObj((thread) -> executor.submit(() -> read(client, next)))
				.toList();
			for (Future<?> reader : readers) {
				reader.get();
			}
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A pipeline failed", ex);
		}
		finally {
			executor.shutdownNow();
		}
	}

	private void read(BenchmarkClient client, AtomicInteger next) {
		int begin;
		while ((begin = next.getAndAdd(PIPELINE)) < this.drawn.length) {
			int end = Math.min(this.drawn.length, begin + PIPELINE);
			client.pipelinedGet(Arrays.stream(this.drawn, begin, end).mapToObj(Draws::name).toList());
		}
	}

	private static String name(int key) {
		return "key:" + key;
	}

}
