package io.github.hotplate.benchmark.failover;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import io.github.hotplate.benchmark.failover.DownTimeWatch.Interval;
import io.github.hotplate.benchmark.load.CallLog;
import io.github.hotplate.benchmark.load.LoadThread;

/**
 * What the callers of one client noticed.
 *
 * @param outages the primaries' troubles, at least one
 * @param others the threads that use none of those primaries
 * @param hanging how many threads never came back
 * @param downTime when the cluster refused every command
 */
record Outcome(List<Outage> outages, List<LoadThread> others, int hanging, DownTimeWatch downTime) {

	private static final long BASELINE_NANOS = TimeUnit.SECONDS.toNanos(2);

	Stream<LoadThread> threads() {
		return Stream.concat(this.outages.stream().flatMap((outage) -> outage.threads().stream()),
				this.others.stream());
	}

	long sum(ToLongFunction<CallLog> value) {
		return threads().map(LoadThread::log).mapToLong(value).sum();
	}

	int wrong() {
		return threads().mapToInt(LoadThread::wrong).sum();
	}

	long longestCallNanos() {
		return threads().map(LoadThread::log).mapToLong(CallLog::longest).max().orElse(0);
	}

	/**
	 * Return the worst of all outages.
	 * @param nanos what to compare them by
	 * @return the largest value
	 */
	long worst(ToLongFunction<Outage> nanos) {
		return this.outages.stream().mapToLong(nanos).max().orElse(0);
	}

	/**
	 * Return how long Redis refused every slot.
	 * @return nanoseconds, over all outages
	 */
	long downNanos() {
		return this.outages.stream().mapToLong(Outage::nanos).sum() - upNanos();
	}

	/**
	 * Return what the other threads achieved during the outages, while Redis let them.
	 * @return the share of the calls per second that they made before
	 */
	double othersThroughput() {
		long begin = this.outages.get(0).struck();
		double before = successes(new Interval(begin - BASELINE_NANOS, begin)) / (double) BASELINE_NANOS;
		double during = up().mapToLong(this::successes).sum() / (double) upNanos();
		return during / before;
	}

	private Stream<Interval> up() {
		return this.outages.stream()
			.flatMap((outage) -> this.downTime.upBetween(outage.struck(), outage.promoted()).stream());
	}

	private long upNanos() {
		return up().mapToLong(Interval::nanos).sum();
	}

	private long successes(Interval interval) {
		return this.others.stream()
			.mapToLong((thread) -> thread.log().successesBetween(interval.from(), interval.to()))
			.sum();
	}

}
