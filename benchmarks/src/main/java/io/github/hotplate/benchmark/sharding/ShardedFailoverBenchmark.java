package io.github.hotplate.benchmark.sharding;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.context.properties.bind.DefaultValue;

import io.github.hotplate.benchmark.harness.Benchmark;
import io.github.hotplate.benchmark.harness.Report;
import io.github.hotplate.benchmark.harness.Table;
import io.github.hotplate.benchmark.load.Failures;

/**
 * Kills one of three independent servers under load and starts it again, and reports what
 * the callers noticed.
 *
 * @since 0.1.0
 */
public final class ShardedFailoverBenchmark implements Benchmark<ShardedFailoverBenchmark.Options> {

	private static final String INTRODUCTION = """
			%d threads, each bound to the keys of one of three servers, use them repeatedly: at a steady rate, and \
			as fast as they can. In the latter case the machine has no spare capacity, and the other servers take \
			over the load of the dead one. After %d s one server is killed with kill -9, and %d s later it is \
			started again, empty; penalty_box.min_wait is %d ms. Each run has its own servers. The 99th percentiles \
			are those of the threads on the other two servers, which also serve the threads of the dead one: while \
			it is down, and for the same time before. They cover all calls, where one stall of the machine can \
			dominate, and each second, where the median shows a usual second. The same ratios of two periods before \
			the failure show the normal variation. "Penalty" is how long the server had been ejected when it was \
			started again; its next probe is at most that far away.""";

	private static final String TOLERABLE_RATIO = "<= 1.5";

	private static final Duration RETURN = Duration.ofSeconds(1);

	@Override
	public Class<Options> optionsType() {
		return Options.class;
	}

	@Override
	public void run(Options options, Report report) throws InterruptedException {
		report.heading(1, "One of three servers dies under load");
		report.paragraph(INTRODUCTION.formatted(options.threads(), options.before().toSeconds(),
				options.down().toSeconds(), options.minWait().toMillis()));
		for (int rate : options.rates()) {
			for (Workload workload : options.workloads()) {
				String title = "%s, %s".formatted(workload,
						(rate > 0) ? rate + " calls a second and thread" : "as fast as they can");
				report.heading(2, title);
				report.progress(title);
				Outcome outcome = new ShardedRun(workload, rate, options).run();
				Failures.examples(outcome.tasks()).forEach(report::progress);
				report.table(table(workload, outcome));
			}
		}
	}

	private static Table table(Workload workload, Outcome outcome) {
		Outcome.Outage outage = outcome.outage();
		Latencies longBefore = outcome.othersLongBefore();
		Latencies before = outcome.othersBefore();
		Latencies during = outcome.othersDuring();
		return new Table("what", "target", "measured").row("calls", "", outcome.calls())
			.row("calls that failed, of threads on the dead server", "", outcome.failuresOfVictims())
			.row("calls that failed, most of one thread", "<= " + workload.tolerableFailures(),
					outcome.mostFailuresOfOneThread())
			.row("calls that failed, of threads on the other servers", 0, outcome.failuresOfOthers())
			.row("threads that hang", 0, outcome.hanging())
			.row("INCR that ran twice", 0, outcome.twice())
			.row("longest call, ms", "", TimeUnit.NANOSECONDS.toMillis(outcome.longestCallNanos()))
			.row("other servers, 99th percentile before, us", "", latency(before))
			.row("other servers, 99th percentile during, us", "", latency(during))
			.row("during / before, a usual second", TOLERABLE_RATIO,
					ratio(during.ofUsualSecond(), before.ofUsualSecond()))
			.row("during / before, all calls", TOLERABLE_RATIO, ratio(during.all(), before.all()))
			.row("before / as long before that, a usual second", "",
					ratio(before.ofUsualSecond(), longBefore.ofUsualSecond()))
			.row("before / as long before that, all calls", "", ratio(before.all(), longBefore.all()))
			.row("penalty, ms", "", outage.penalty().toMillis())
			.row("from the restart to the first use, ms", "<= " + outage.penalty().plus(RETURN).toMillis(),
					TimeUnit.NANOSECONDS.toMillis(outage.used() - outage.restarted()));
	}

	private static String latency(Latencies latencies) {
		return "%d (seconds: median %.0f, worst %d)".formatted(TimeUnit.NANOSECONDS.toMicros(latencies.all()),
				latencies.ofUsualSecond() / TimeUnit.MICROSECONDS.toNanos(1),
				TimeUnit.NANOSECONDS.toMicros(latencies.ofWorstSecond()));
	}

	private static String ratio(double value, double other) {
		return "%.2f".formatted(value / other);
	}

	/**
	 * How to use the servers.
	 *
	 * @param workloads what the threads do
	 * @param rates how many calls each thread makes in a second, 0 for as many as it can
	 * @param threads the number of threads
	 * @param before how long the load runs before the server dies
	 * @param down how long the server is dead
	 * @param after how long the load runs after the server is used again
	 * @param minWait {@code penalty_box.min_wait}
	 * @param maxConnections the most connections to each server
	 * @since 0.1.0
	 */
	public record Options(@DefaultValue("set-get,incr") List<Workload> workloads,
			@DefaultValue("500,0") List<Integer> rates, @DefaultValue("32") int threads,
			@DefaultValue("16s") Duration before, @DefaultValue("6s") Duration down, @DefaultValue("4s") Duration after,
			@DefaultValue("2s") Duration minWait, @DefaultValue("32") int maxConnections) {

	}

}
