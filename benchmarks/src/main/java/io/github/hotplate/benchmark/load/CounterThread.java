package io.github.hotplate.benchmark.load;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.benchmark.peer.BenchmarkClient;
import io.github.hotplate.execution.AmbiguousExecutionException;

/**
 * Increments a counter again and again until told to stop. Nobody else does, so that each
 * reply tells what became of the increments before it.
 *
 * @since 0.1.0
 */
public final class CounterThread implements LoadTask {

	private final BenchmarkClient client;

	private final String key;

	private final Pace pace;

	private final CallLog log = new CallLog();

	/**
	 * When the increments that the counter still holds were called.
	 */
	private final List<Long> acknowledged = new ArrayList<>();

	private final List<Long> lost = new ArrayList<>();

	private volatile boolean stopped;

	private long last;

	private long ambiguousSinceLast;

	private long ambiguous;

	private long twice;

	private @Nullable RuntimeException failure;

	/**
	 * Create a thread's work, without a pause between calls.
	 * @param client the client
	 * @param key a counter of this thread alone, which does not exist yet
	 */
	public CounterThread(BenchmarkClient client, String key) {
		this(client, key, Pace.unlimited());
	}

	/**
	 * Create a thread's work.
	 * @param client the client
	 * @param key a counter of this thread alone, which does not exist yet
	 * @param pace when it makes its calls
	 */
	public CounterThread(BenchmarkClient client, String key, Pace pace) {
		this.client = client;
		this.key = key;
		this.pace = pace;
	}

	@Override
	public void run() {
		while (!this.stopped) {
			increment();
		}
	}

	private void increment() {
		long begin = this.pace.awaitNext();
		try {
			long value = this.client.increment(this.key);
			this.log.add(begin, System.nanoTime(), true);
			compare(value - 1);
			this.acknowledged.add(begin);
			this.last = value;
		}
		catch (RuntimeException ex) {
			this.log.add(begin, System.nanoTime(), false);
			this.failure = ex;
			if (ex instanceof AmbiguousExecutionException) {
				this.ambiguous++;
				this.ambiguousSinceLast++;
			}
		}
	}

	/**
	 * Compare what the counter held with what it should hold.
	 * @param value the counter's value before it was incremented
	 */
	private void compare(long value) {
		this.twice += Math.max(0, value - this.last - this.ambiguousSinceLast);
		int missing = (int) Math.max(0, this.last - value);
		int size = this.acknowledged.size();
		// Redis loses what it was told last.
		List<Long> tail = this.acknowledged.subList(Math.max(0, size - missing), size);
		this.lost.addAll(tail);
		tail.clear();
		this.ambiguousSinceLast = 0;
	}

	/**
	 * Compare the counter with all that was acknowledged. To be called once, when the
	 * thread has ended.
	 * @param value the counter's value in the end
	 */
	public void verify(long value) {
		compare(value);
	}

	/**
	 * Return the name of the counter.
	 * @return the key
	 */
	public String key() {
		return this.key;
	}

	@Override
	public void stop() {
		this.stopped = true;
	}

	@Override
	public CallLog log() {
		return this.log;
	}

	/**
	 * Return how many calls failed that may have incremented the counter.
	 * @return the number of failures that say so
	 */
	public long ambiguous() {
		return this.ambiguous;
	}

	/**
	 * Return by how much replies exceeded what acknowledged and ambiguous calls account
	 * for.
	 * @return the number of increments beyond those requested
	 */
	public long twice() {
		return this.twice;
	}

	/**
	 * Count the increments that were acknowledged and then missing.
	 * @return the number of calls
	 */
	public int lost() {
		return this.lost.size();
	}

	/**
	 * Count the increments that were called after a moment, acknowledged and then
	 * missing.
	 * @param moment the moment, as of {@link System#nanoTime()}
	 * @return the number of calls
	 */
	public long lostAfter(long moment) {
		return this.lost.stream().filter((begin) -> begin - moment > 0).count();
	}

	@Override
	public @Nullable RuntimeException failure() {
		return this.failure;
	}

}
