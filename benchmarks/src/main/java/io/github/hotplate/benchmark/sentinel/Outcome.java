package io.github.hotplate.benchmark.sentinel;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import io.github.hotplate.benchmark.load.CallLog;
import io.github.hotplate.benchmark.load.CounterThread;
import io.github.hotplate.benchmark.load.LoadTask;
import io.github.hotplate.benchmark.load.LoadThread;

/**
 * What the callers noticed.
 *
 * @param succession what happened to Redis
 * @param threads those that SET and GET
 * @param counters those that INCR
 * @param hanging how many of all never came back
 */
record Outcome(Succession succession, List<LoadThread> threads, List<CounterThread> counters, int hanging) {

	Stream<LoadTask> tasks() {
		return Stream.concat(this.threads.stream(), this.counters.stream());
	}

	long sum(ToLongFunction<CallLog> value) {
		return tasks().map(LoadTask::log).mapToLong(value).sum();
	}

	/**
	 * Count the calls that failed although nothing was against repeating them.
	 * @return the number of failures that do not say that the command may have run
	 */
	long failedRetryable() {
		return sum(CallLog::failures) - ambiguous();
	}

	long ambiguous() {
		return this.counters.stream().mapToLong(CounterThread::ambiguous).sum();
	}

	long twice() {
		return this.counters.stream().mapToLong(CounterThread::twice).sum();
	}

	/**
	 * Count what was acknowledged by a primary that the client knew to be deposed: what
	 * it called after the new one had run its first command, and what that one has never
	 * heard of.
	 * @return the number of calls
	 */
	long lostAfterwards() {
		return this.counters.stream().mapToLong((counter) -> counter.lostAfter(this.succession.used())).sum();
	}

	/**
	 * Count what Redis had acknowledged and not yet replicated.
	 * @return the number of calls
	 */
	long lostBefore() {
		return this.counters.stream().mapToLong(CounterThread::lost).sum() - lostAfterwards();
	}

	/**
	 * Return how long after the promotion the first call of any thread succeeded.
	 * @return nanoseconds
	 */
	long firstSuccessNanos() {
		long promoted = this.succession.promoted();
		return tasks().map((task) -> task.log().firstSuccessAfter(promoted))
			.flatMapToLong(OptionalLong::stream)
			.map((end) -> end - promoted)
			.min()
			.orElse(Long.MAX_VALUE);
	}

	long longestCallNanos() {
		return tasks().map(LoadTask::log).mapToLong(CallLog::longest).max().orElse(0);
	}

}
