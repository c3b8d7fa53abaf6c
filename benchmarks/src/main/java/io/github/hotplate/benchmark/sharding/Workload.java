package io.github.hotplate.benchmark.sharding;

import java.util.List;
import java.util.function.BiFunction;

import io.github.hotplate.benchmark.load.CounterThread;
import io.github.hotplate.benchmark.load.LoadTask;
import io.github.hotplate.benchmark.load.LoadThread;
import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * What the threads do.
 */
enum Workload {

	SET_GET("SET and GET", 0, LoadThread::new),

	INCR("INCR", 1, (client, keys) -> new CounterThread(client, keys.get(0)));

	private final String label;

	private final int tolerableFailures;

	private final BiFunction<BenchmarkClient, List<String>, LoadTask> task;

	Workload(String label, int tolerableFailures, BiFunction<BenchmarkClient, List<String>, LoadTask> task) {
		this.label = label;
		this.tolerableFailures = tolerableFailures;
		this.task = task;
	}

	/**
	 * Return how many calls of a thread may fail: the one that the server was about to
	 * answer, if it must not be repeated.
	 * @return the number of calls
	 */
	int tolerableFailures() {
		return this.tolerableFailures;
	}

	/**
	 * Make a thread's work.
	 * @param client the client
	 * @param keys keys of this thread alone
	 * @return what the thread does
	 */
	LoadTask task(BenchmarkClient client, List<String> keys) {
		return this.task.apply(client, keys);
	}

	@Override
	public String toString() {
		return this.label;
	}

}
