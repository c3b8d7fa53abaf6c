package io.github.hotplate.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * Calls that threads repeat until they are stopped, one thread for each call.
 */
public final class Load implements AutoCloseable {

	private static final Duration LONGEST_CALL = Duration.ofSeconds(40);

	private static final int WARM = 20;

	private final List<Caller> callers = new ArrayList<>();

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	private volatile boolean stopped;

	private Load(Runnable... calls) {
		Stream.of(calls).forEach((call) -> this.callers.add(new Caller(call)));
	}

	/**
	 * Start threads and wait until they are warm.
	 * @param calls what they do
	 * @return the threads
	 */
	public static Load start(Runnable... calls) {
		Load load = new Load(calls);
		load.callers.forEach(Thread::start);
		try {
			load.callers.forEach((caller) -> Awaitility.await().atMost(LONGEST_CALL).until(() -> caller.count > WARM));
		}
		catch (RuntimeException ex) {
			load.stopped = true;
			throw ex;
		}
		load.callers.forEach((caller) -> caller.longestNanos.set(0));
		return load;
	}

	/**
	 * Return how often a call was made.
	 * @param call the position of the call
	 * @return the number of calls that have ended
	 */
	long calls(int call) {
		return this.callers.get(call).count;
	}

	/**
	 * Return the longest time that a call took, since the threads were warm.
	 * @param call the position of the call
	 * @return its longest time
	 */
	public Duration longestCall(int call) {
		return Duration.ofNanos(this.callers.get(call).longestNanos.get());
	}

	/**
	 * Wait until each thread has finished a call that began after now.
	 */
	public void awaitCalls() {
		for (Caller caller : this.callers) {
			long before = caller.count;
			Awaitility.await()
				.atMost(LONGEST_CALL)
				.pollInterval(Duration.ofMillis(5))
				.until(() -> caller.count > before + 1);
		}
	}

	public List<Throwable> failures() {
		return List.copyOf(this.failures);
	}

	@Override
	public void close() {
		this.stopped = true;
		this.callers.forEach((caller) -> Awaitility.await().atMost(LONGEST_CALL).until(() -> !caller.isAlive()));
	}

	private final class Caller extends Thread {

		private final Runnable call;

		private volatile long count;

		private final AtomicLong longestNanos = new AtomicLong();

		Caller(Runnable call) {
			super("load");
			this.call = call;
		}

		@Override
		public void run() {
			while (!Load.this.stopped) {
				long start = System.nanoTime();
				try {
					this.call.run();
				}
				catch (RuntimeException | AssertionError ex) {
					Load.this.failures.add(ex);
				}
				this.longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
				this.count++;
			}
		}

	}

}
