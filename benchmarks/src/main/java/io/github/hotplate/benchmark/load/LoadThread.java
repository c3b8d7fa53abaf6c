package io.github.hotplate.benchmark.load;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * Writes a value, reads it, and goes on with the next key until told to stop. Nobody else
 * writes its keys, so that it knows what each holds.
 *
 * @since 0.1.0
 */
public final class LoadThread implements LoadTask {

	private static final String UNKNOWN = "";

	private final BenchmarkClient client;

	private final List<String> keys;

	private final Pace pace;

	private final CallLog log = new CallLog();

	private volatile boolean stopped;

	private int wrong;

	private @Nullable RuntimeException failure;

	/**
	 * Create a thread's work, without a pause between calls.
	 * @param client the client
	 * @param keys keys of this thread alone
	 */
	public LoadThread(BenchmarkClient client, List<String> keys) {
		this(client, keys, Pace.unlimited());
	}

	/**
	 * Create a thread's work.
	 * @param client the client
	 * @param keys keys of this thread alone
	 * @param pace when it makes its calls
	 */
	public LoadThread(BenchmarkClient client, List<String> keys, Pace pace) {
		this.client = client;
		this.keys = List.copyOf(keys);
		this.pace = pace;
	}

	@Override
	public void run() {
		for (int turn = 0; !this.stopped; turn++) {
			String key = this.keys.get(turn % this.keys.size());
			String written = write(key, Integer.toString(turn));
			read(key, written);
		}
	}

	private String write(String key, String value) {
		long begin = this.pace.awaitNext();
		try {
			this.client.set(key, value);
			this.log.add(begin, System.nanoTime(), true);
			return value;
		}
		catch (RuntimeException ex) {
			fail(begin, ex);
			return UNKNOWN;
		}
	}

	private void read(String key, String expected) {
		long begin = this.pace.awaitNext();
		try {
			String value = this.client.get(key);
			this.log.add(begin, System.nanoTime(), true);
			if (!expected.equals(UNKNOWN) && !expected.equals(value)) {
				this.wrong++;
			}
		}
		catch (RuntimeException ex) {
			fail(begin, ex);
		}
	}

	private void fail(long begin, RuntimeException ex) {
		this.log.add(begin, System.nanoTime(), false);
		this.failure = ex;
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
	 * Return how often a key did not hold what had just been written. After a crash that
	 * can be Redis' own loss, since it replicates asynchronously.
	 * @return the number of wrong results
	 */
	public int wrong() {
		return this.wrong;
	}

	@Override
	public @Nullable RuntimeException failure() {
		return this.failure;
	}

}
