package io.github.hotplate.benchmark.sharding;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.hotplate.benchmark.load.CallLog;
import io.github.hotplate.benchmark.load.CounterThread;
import io.github.hotplate.benchmark.load.LoadTask;

/**
 * What the callers noticed.
 *
 * @param outage what happened to the server
 * @param victims the threads whose keys it had
 * @param others the threads whose keys the other servers have
 * @param hanging how many of all never came back
 */
record Outcome(Outage outage, List<LoadTask> victims, List<LoadTask> others, int hanging) {

	Stream<LoadTask> tasks() {
		return Stream.concat(this.victims.stream(), this.others.stream());
	}

	long calls() {
		return tasks().map(LoadTask::log).mapToLong(CallLog::calls).sum();
	}

	int failuresOfVictims() {
		return failures(this.victims.stream()).sum();
	}

	int failuresOfOthers() {
		return failures(this.others.stream()).sum();
	}

	int mostFailuresOfOneThread() {
		return failures(tasks()).max().orElse(0);
	}

	private static IntStream failures(Stream<LoadTask> tasks) {
		return tasks.map(LoadTask::log).mapToInt(CallLog::failures);
	}

	/**
	 * Count the increments beyond those requested.
	 * @return 0 if nothing is incremented
	 */
	long twice() {
		return tasks().filter(CounterThread.class::isInstance)
			.map(CounterThread.class::cast)
			.mapToLong(CounterThread::twice)
			.sum();
	}

	long longestCallNanos() {
		return tasks().map(LoadTask::log).mapToLong(CallLog::longest).max().orElse(0);
	}

	/**
	 * Return how long calls to the servers that lived took before the outage, for as long
	 * as that.
	 * @return the latencies
	 */
	Latencies othersBefore() {
		return latencies(this.outage.struck() - this.outage.nanos());
	}

	/**
	 * Return how long the same calls took for as long before that.
	 * @return the latencies
	 */
	Latencies othersLongBefore() {
		return latencies(this.outage.struck() - 2 * this.outage.nanos());
	}

	/**
	 * Return how long calls to the servers that lived took during the outage.
	 * @return the latencies
	 */
	Latencies othersDuring() {
		return latencies(this.outage.struck());
	}

	private Latencies latencies(long from) {
		return Latencies.of(this.others.stream().map(LoadTask::log).toList(), from, from + this.outage.nanos());
	}

	/**
	 * What happened to the server.
	 *
	 * @param struck when it was killed, as of {@link System#nanoTime()}
	 * @param restarted when it was started again
	 * @param used when it had run its first command since
	 * @param penalty how long it stayed ejected after its restart
	 */
	record Outage(long struck, long restarted, long used, Duration penalty) {

		long nanos() {
			return this.restarted - this.struck;
		}

	}

}
