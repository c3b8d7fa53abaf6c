package io.github.hotplate.benchmark.sharding;

import java.util.List;

import io.github.hotplate.benchmark.load.CounterThread;
import io.github.hotplate.benchmark.load.LoadTask;
import io.github.hotplate.benchmark.load.LoadThread;
import io.github.hotplate.benchmark.load.Pace;
import io.github.hotplate.benchmark.peer.BenchmarkClient;

/**
 * What the threads do.
 */
enum Workload {

	SET_GET("SET and GET", 0, LoadThread::new),

	INCR("INCR", 1, (client, keys, pace) -> new CounterThread(client, keys.get(0), pace));

	private final String label;

	private final int tolerableFailures;

	private final TaskFactory task;

	Workload(String label, int tolerableFailures, TaskFactory task) {
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
	 * @param pace when it makes its calls
	 * @return what the thread does
	 */
	LoadTask task(BenchmarkClient client, List<String> keys, Pace pace) {
		return this.task.create(client, keys, pace);
	}

	@Override
	public String toString() {
		return this.label;
	}

	@FunctionalInterface
	private interface TaskFactory {

		LoadTask create(BenchmarkClient client, List<String> keys, Pace pace);

	}

}
