package io.github.hotplate.benchmark.turns;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.sun.management.OperatingSystemMXBean;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * Threads that make one kind of call, each the next as soon as it has the reply to the
 * last. One turn at a time.
 *
 * @since 0.1.0
 */
public final class Load implements AutoCloseable {

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);

	private final Workload workload;

	private final List<Keys> keys;

	private final ExecutorService executor;

	/**
	 * Start threads, which wait for their turn.
	 * @param workload the kind of call
	 * @param threads the number of threads
	 */
	public Load(Workload workload, int threads) {
		this.workload = workload;
		this.keys = IntStream.range(0, threads).mapToObj((thread) -> new Keys(workload.size(), thread)).toList();
		this.executor = Executors.newFixedThreadPool(threads);
	}

	/**
	 * Make calls for a while.
	 * @param client the client to call
	 * @param duration for how long
	 * @return how the calls went
	 * @throws InterruptedException if interrupted
	 */
	public Measurement run(BenchmarkClient client, Duration duration) throws InterruptedException {
		long cpu = SYSTEM.getProcessCpuTime();
		long begin = System.nanoTime();
		List<Part> parts = join(this.executor.invokeAll(tasks(client, begin + duration.toNanos())));
		long nanos = System.nanoTime() - begin;
		cpu = SYSTEM.getProcessCpuTime() - cpu;
		Histogram latencies = new Histogram(LONGEST_NANOS, 3);
		parts.forEach((part) -> latencies.add(part.latencies()));
		RuntimeException failure = parts.stream()
			.map(Part::failure)
			.filter((candidate) -> candidate != null)
			.findFirst()
			.orElse(null);
		long calls = latencies.getTotalCount();
		return new Measurement(calls * 1e9 / nanos, cpu / 1e3 / Math.max(1, calls), latencies, failure);
	}

	private List<Callable<Part>> tasks(BenchmarkClient client, long end) {
		return this.keys.stream().map((own) -> (Callable<Part>) () -> repeat(client, own, end)).toList();
	}

	private Part repeat(BenchmarkClient client, Keys own, long end) {
		Histogram latencies = new Histogram(LONGEST_NANOS, 3);
		RuntimeException failure = null;
		long now = System.nanoTime();
		while (now - end < 0) {
			long begin = now;
			try {
				this.workload.call(client, own);
				now = System.nanoTime();
				latencies.recordValue(now - begin);
			}
			catch (RuntimeException ex) {
				failure = ex;
				now = System.nanoTime();
			}
		}
		return new Part(latencies, failure);
	}

	private static List<Part> join(List<Future<Part>> futures) throws InterruptedException {
		try {
			List<Part> parts = new ArrayList<>();
			for (Future<Part> future : futures) {
				parts.add(future.get());
			}
			return parts;
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A thread of the load ended early", ex);
		}
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

	/**
	 * What one thread did.
	 *
	 * @param latencies nanoseconds that each successful call took
	 * @param failure why the last failed call did
	 */
	private record Part(Histogram latencies, @Nullable RuntimeException failure) {

	}

}
