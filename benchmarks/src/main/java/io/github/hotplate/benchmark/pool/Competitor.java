package io.github.hotplate.benchmark.pool;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * One thread that wants connections.
 */
final class Competitor implements Runnable {

	private final StringRedisTemplate template;

	private final SplittableRandom random;

	private final long end;

	private volatile boolean done;

	private long calls;

	private long failures;

	private long longestNanos;

	private @Nullable RuntimeException failure;

	/**
	 * Create a thread's work.
	 * @param template the template
	 * @param seed which calls to choose
	 * @param end when to stop, as of {@link System#nanoTime()}
	 */
	Competitor(StringRedisTemplate template, long seed, long end) {
		this.template = template;
		this.random = new SplittableRandom(seed);
		this.end = end;
	}

	/**
	 * Let all compete, each on a thread of its own.
	 * @param competitors who competes
	 * @param grace how long to wait for last calls
	 * @return how many threads did not come back in time
	 * @throws InterruptedException if interrupted
	 */
	static int runAll(List<Competitor> competitors, Duration grace) throws InterruptedException {
		ExecutorService executor = Executors.newFixedThreadPool(competitors.size());
		try {
			competitors.forEach(executor::execute);
			executor.shutdown();
			long remaining = competitors.get(0).end - System.nanoTime() + grace.toNanos();
			executor.awaitTermination(remaining, TimeUnit.NANOSECONDS);
			return Math.toIntExact(competitors.stream().filter((competitor) -> !competitor.done).count());
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Override
	public void run() {
		while (System.nanoTime() - this.end < 0) {
			long begin = System.nanoTime();
			try {
				PoolCall.next(this.random).make(this.template, this.random);
			}
			catch (RuntimeException ex) {
				this.failures++;
				this.failure = ex;
			}
			this.calls++;
			this.longestNanos = Math.max(this.longestNanos, System.nanoTime() - begin);
		}
		this.done = true;
	}

	long calls() {
		return this.calls;
	}

	long failures() {
		return this.failures;
	}

	long longestMillis() {
		return TimeUnit.NANOSECONDS.toMillis(this.longestNanos);
	}

	Optional<RuntimeException> failure() {
		return Optional.ofNullable(this.failure);
	}

}
